import { GatewayError } from "../../domain/errors.ts";

/** What is read is another file than the message tells of. */
export function notDescribed(): GatewayError {
  return new GatewayError("MEDIA_INVALID", "The attachment is not what its message describes.");
}
