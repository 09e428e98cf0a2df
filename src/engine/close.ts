import type { CloseReason } from "../domain/instance.ts";

/** What the owner of the instance does after a close. */
type Reaction =
  /** Connect again at once, no one is told: WhatsApp asked for it. */
  | "RESTART"
  /** Connect again after a growing delay. */
  | "RECONNECT"
  /** Stay down with the reason until the user starts it again. */
  | "STOP"
  /** The link is gone: set the credentials aside and wait to be linked anew. */
  | "LOG_OUT";

/** How a connection ended. */
export interface Close {
  readonly code: number | null;
  readonly reason: CloseReason;
  readonly reaction: Reaction;
  readonly message: string;
}

/** What was seen of the end: WhatsApp's or Baileys' code, and what else was said. */
export interface Ending {
  readonly code: number | null;
  /** The `type` of a `conflict` stream error. */
  readonly conflict: string | null;
  /** Whether it ended while QR codes were shown: one that times out then only ran out of them. */
  readonly scanning: boolean;
  readonly message: string;
  /** Set when the engine itself ended the socket for a reason of ours. */
  readonly cause: CloseReason | null;
}

/** Status codes as Baileys 7.0.0-rc14 gives them in `lastDisconnect.error.output.statusCode`, each seen against a server. */
const TABLE: ReadonlyMap<number, readonly [CloseReason, Reaction]> = new Map([
  [401, ["LOGGED_OUT", "LOG_OUT"]],
  [403, ["FORBIDDEN", "STOP"]],
  [405, ["CLIENT_OUTDATED", "STOP"]],
  [408, ["CONNECTION_LOST", "RECONNECT"]],
  [411, ["MULTIDEVICE_MISMATCH", "STOP"]],
  [428, ["CONNECTION_CLOSED", "RECONNECT"]],
  [440, ["REPLACED", "STOP"]],
  [500, ["BAD_SESSION", "RECONNECT"]],
  [503, ["SERVICE_UNAVAILABLE", "RECONNECT"]],
  [515, ["RESTART_REQUIRED", "RESTART"]],
]);

/**
 * The one place that decides what an end means. `conflict` of type `device_removed` arrives as 440
 * like a replaced connection, but the phone has unlinked us; a socket that ends with 408
 * while it shows QR codes has shown its last one.
 */
export function judgeClose(ending: Ending): Close {
  const { code, message, cause } = ending;
  if (cause !== null) {
    const reaction: Reaction =
      cause === "STOPPED_BY_USER" || cause === "QR_EXPIRED" ? "STOP" : "RECONNECT";
    return { code, reason: cause, reaction, message };
  }
  if (ending.conflict === "device_removed") {
    return { code, reason: "LOGGED_OUT", reaction: "LOG_OUT", message };
  }
  if (code === 408 && ending.scanning) {
    return { code, reason: "QR_EXPIRED", reaction: "STOP", message };
  }
  const [reason, reaction] = TABLE.get(code ?? 428) ?? ["CONNECTION_CLOSED", "RECONNECT"];
  return { code, reason, reaction, message };
}
