import { AsyncLocalStorage } from "node:async_hooks";
import { fromBaileys } from "./curve.ts";

/** Runs jobs with one name one after the other. */
type QueueJob = <T>(name: string, job: () => Promise<T>) => Promise<T>;

/**
 * libsignal queues its jobs by the name of the peer alone, for all accounts of the process, and
 * whoever came first runs those of the others: in its own async context. Baileys finds its open
 * transaction by that context. So with two accounts in touch with one contact, steps of a ratchet
 * were written outside their transaction, or into one that was over, and lost: the next message
 * went out under a key that had been used. Each job is bound to the context of its own caller.
 *
 * libsignal's other modules take the function when they are loaded: this file has to run before
 * Baileys does.
 */
const path = fromBaileys.resolve("libsignal/src/queue_job.js");
const shared = fromBaileys(path) as QueueJob;
const bound: QueueJob = (name, job) => shared(name, AsyncLocalStorage.bind(job));

const loaded = fromBaileys.cache[path];
if (loaded) loaded.exports = bound;
