import { asError } from "../../domain/errors.ts";
import type { Log } from "../../lib/log.ts";
import type { SocketConfig } from "./library.ts";

/**
 * Baileys logs whole stanzas, media keys and credentials as fields, so only its words are taken,
 * never its objects, and all of it is our debug. The level keeps it from printing stanzas as XML.
 */
export function baileysLog(log: Log): SocketConfig["logger"] {
  const note = (detail: unknown, message?: string): void => {
    const text = typeof detail === "string" ? detail : message;
    const error = errorIn(detail);
    if (text !== undefined) log.debug(`baileys: ${text}`, error === undefined ? {} : { error });
  };
  const logger: SocketConfig["logger"] = {
    level: "warn",
    child: () => logger,
    trace: ignore,
    debug: ignore,
    info: ignore,
    warn: note,
    error: note,
  };
  return logger;
}

function ignore(): void {}

function errorIn(detail: unknown): string | undefined {
  if (typeof detail !== "object" || detail === null) return undefined;
  const { err, error } = detail as { readonly err?: unknown; readonly error?: unknown };
  const thrown = err ?? error;
  return thrown === undefined ? undefined : asError(thrown).message;
}
