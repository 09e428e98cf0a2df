import { GatewayError } from "../../domain/errors.ts";

/** A message that cannot be built or encrypted, on a connection that has nothing the matter. */
export class Unsendable extends Error {
  override readonly name = "Unsendable";
}

/** Ways in which Baileys says that the connection is in trouble (HTTP numbers of its own choosing). */
const OF_THE_CONNECTION: ReadonlySet<number> = new Set([401, 408, 428, 440, 503, 515]);

/** What WhatsApp answers about a group that is not there, or that we are not in. */
const NO_SUCH_GROUP: ReadonlySet<number> = new Set([401, 403, 404, 406]);

/** From here on, and for "too many", it is the server that has trouble. */
const SERVER_TROUBLE = 500;
const TOO_MANY = 429;

/**
 * Tells whose fault it is that Baileys could not send: the connection's, and then the message waits for
 * another one; or its own, and then waiting mends nothing. A dropped socket rejects with a bare number.
 */
export function sendFailure(error: unknown, toGroup: boolean): unknown {
  if (error instanceof GatewayError || !(error instanceof Error)) return error;
  const { output, data } = error as { output?: { statusCode?: number }; data?: unknown };
  if (typeof data === "number") {
    if (toGroup && NO_SUCH_GROUP.has(data)) return notInGroup(error);
    if (data >= SERVER_TROUBLE || data === TOO_MANY) return error;
  } else if (OF_THE_CONNECTION.has(output?.statusCode ?? 0)) {
    return error;
  }
  return new Unsendable(error.message, { cause: error });
}

function notInGroup(cause: Error): GatewayError {
  return new GatewayError(
    "INVALID_RECIPIENT",
    "There is no such group, or the account is not in it.",
    {},
    cause,
  );
}
