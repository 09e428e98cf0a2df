import { once } from "node:events";
import { flushCompileCache } from "node:module";
import { readConfig } from "../src/config.ts";
import type { StepName } from "../src/domain/steps.ts";
import { startGateway } from "../src/gateway.ts";
import { createLog } from "../src/lib/log.ts";

/** A failed webhook is tried again within the campaign, not over three days (milliseconds). */
const WEBHOOK_RETRIES_MS = [50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800];

/** The gateway that is killed: a process of its own, told by its arguments at which step it is to die. */
const [armed, passage] = process.argv.slice(2);
let passagesLeft = Number(passage ?? 0);

function step(name: StepName): void {
  if (name !== armed) return;
  passagesLeft -= 1;
  // Nothing after this runs: the kernel delivers it before the call returns.
  if (passagesLeft === 0) process.kill(process.pid, "SIGKILL");
}

const config = readConfig(process.env);
const log = createLog(config.logLevel, { write: (line) => void process.stderr.write(line) });
process.on("unhandledRejection", (err) => log.error("unhandled rejection", { err }));
// The campaign went away without saying goodbye: nobody is left who would end this process.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));

const overrides = { step, webhookRetryDelays: WEBHOOK_RETRIES_MS };
await using _gateway = await startGateway(config, log, overrides);
flushCompileCache();
// What is alive, and not what waits to be collected: only that can leak. Memory outside the heap is freed
// beside the collection that finds it dead, and is certain to be gone when the next one begins.
process.on("message", () => {
  globalThis.gc?.();
  setTimeout(() => {
    globalThis.gc?.();
    process.send?.(process.memoryUsage());
  }, 20);
});
await once(process, "SIGTERM");
await _gateway[Symbol.asyncDispose]();
process.exit();
