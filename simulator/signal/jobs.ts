import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";

type QueueJob = <T>(name: string, job: () => Promise<T>) => Promise<T>;

/**
 * libsignal queues its jobs by the name of the peer, and runs those of one phone in the async context
 * of another that came first. Baileys knows its transactions by that context, so two phones writing to
 * one device would lose steps of their ratchets. Each job is bound to its caller's context. It has to
 * run before Baileys is loaded.
 */
const fromBaileys = createRequire(
  createRequire(import.meta.url).resolve("@whiskeysockets/baileys"),
);
const path = fromBaileys.resolve("libsignal/src/queue_job.js");
const shared = fromBaileys(path) as QueueJob;
const bound: QueueJob = (name, job) => shared(name, AsyncLocalStorage.bind(job));

const loaded = fromBaileys.cache[path];
if (loaded) loaded.exports = bound;
