import { once } from "node:events";
import { flushCompileCache } from "node:module";
import { readConfig } from "./config.ts";
import { startGateway } from "./gateway.ts";
import type { Log } from "./lib/log.ts";
import { createLog } from "./lib/log.ts";
import { stopSignal } from "./lib/stop-signal.ts";

/** A start that cannot be: one message that says what to do, and no stack. */
function refuse(error: unknown): void {
  process.exitCode = 1;
  process.stderr.write(
    `wagraph did not start. ${error instanceof Error ? error.message : String(error)}\n`,
  );
}

/** Nothing in one account's trouble may end the others: what nobody has caught is told, and the process goes on. */
function surviveRejections(log: Log): void {
  process.on("unhandledRejection", (err) =>
    log.error("a promise was rejected and nobody listened", { err }),
  );
}

/** Serves until a signal, then takes everything down. */
async function run(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  surviveRejections(log);
  // Heard from here on: a signal during a long migration waits for its end, and does not cut it.
  const stop = stopSignal();
  {
    await using gateway = await startGateway(config, log);
    const { url } = gateway;
    log.info("wagraph is listening", {
      url,
      graphiql: `${url}/graphql`,
      access: config.apiKey === undefined ? "without a key, from this machine only" : "with a key",
    });
    // A process that is killed writes nothing at its end, and the next start would be a slow one again.
    flushCompileCache();
    if (!stop.aborted) await once(stop, "abort");
    log.info("stopping", { signal: String(stop.reason) });
  }
  log.info("stopped");
}

try {
  await run();
} catch (error) {
  refuse(error);
}
// Everything is closed and written by now. Baileys leaves timers of up to a minute behind that would keep us waiting.
process.exit();
