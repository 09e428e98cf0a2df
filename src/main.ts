import { readConfig } from "./config.ts";
import { startGateway } from "./gateway.ts";
import type { Log } from "./lib/log.ts";
import { createLog } from "./lib/log.ts";

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

/** The first signal to stop. The listeners go with it, so that a second one ends the process at once. */
function stopSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const hear = (signal: NodeJS.Signals): void => {
    process.off("SIGINT", hear).off("SIGTERM", hear);
    resolve(signal);
  };
  process.on("SIGINT", hear).on("SIGTERM", hear);
  return promise;
}

/** Serves until a signal, then takes everything down. */
async function run(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  surviveRejections(log);
  {
    await using gateway = await startGateway(config, log);
    const { url } = gateway;
    log.info("wagraph is listening", {
      url,
      graphiql: `${url}/graphql`,
      access: config.apiKey === undefined ? "without a key, from this machine only" : "with a key",
    });
    const signal = await stopSignal();
    log.info("stopping", { signal });
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
