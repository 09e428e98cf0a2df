import { once } from "node:events";
import { flushCompileCache } from "node:module";
import type { Config } from "../config.ts";
import { startGateway } from "../gateway.ts";
import type { Log } from "../lib/log.ts";
import { createLog } from "../lib/log.ts";
import { stopSignal } from "../lib/stop-signal.ts";

/** Serves until a signal, then takes everything down. */
export async function serve(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  surviveRejections(log);
  // Heard from here on: a signal during a long migration waits for its end, and does not cut it.
  const stop = stopSignal();
  {
    await using gateway = await startGateway(config, log);
    const { url } = gateway;
    log.info("wagraph is listening", {
      url,
      dashboard: `${url}/dashboard/`,
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

/** Nothing in one account's trouble may end the others: what nobody has caught is told, and the process goes on. */
function surviveRejections(log: Log): void {
  process.on("unhandledRejection", (err) =>
    log.error("a promise was rejected and nobody listened", { err }),
  );
}
