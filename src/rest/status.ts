import type { ErrorCode } from "../domain/errors.ts";

/** What only HTTP knows: GraphQL has one path, one method and no media types. */
export type RestCode =
  | ErrorCode
  | "NOT_FOUND"
  | "METHOD_NOT_ALLOWED"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "INTERNAL";

/**
 * The HTTP status of each error. What the caller can mend in the call is 400; what is well-formed but cannot be
 * done (nobody has the number, the file is no picture) is 422, so that a 404 always means the path.
 */
const STATUS: Readonly<Record<RestCode, number>> = {
  BAD_INPUT: 400,
  INVALID_RECIPIENT: 400,
  INVALID_ADDRESS: 400,
  CURSOR_INVALID: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_ALLOWED: 403,
  NOT_FOUND: 404,
  INSTANCE_NOT_FOUND: 404,
  WEBHOOK_NOT_FOUND: 404,
  DELIVERY_NOT_FOUND: 404,
  MESSAGE_NOT_FOUND: 404,
  BATCH_NOT_FOUND: 404,
  GROUP_NOT_FOUND: 404,
  CHANNEL_NOT_FOUND: 404,
  CHAT_NOT_FOUND: 404,
  CALL_NOT_FOUND: 404,
  LABEL_NOT_FOUND: 404,
  KEY_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  INSTANCE_EXISTS: 409,
  ALREADY_CONNECTED: 409,
  NOT_LINKED: 409,
  CONFLICT: 409,
  CURSOR_EXPIRED: 409,
  CURSOR_FOREIGN: 409,
  CURSOR_AHEAD: 409,
  MEDIA_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  NOT_ON_WHATSAPP: 422,
  INVITE_INVALID: 422,
  SEND_REJECTED: 422,
  TOO_LATE: 409,
  IDEMPOTENCY_MISMATCH: 422,
  MEDIA_UNREACHABLE: 422,
  MEDIA_GONE: 422,
  CREDENTIALS_INVALID: 422,
  PASSPHRASE_WRONG: 422,
  MEDIA_INVALID: 422,
  QUEUE_FULL: 429,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  QR_UNAVAILABLE: 503,
  STORE_FAILED: 503,
  OWNERSHIP_LOST: 503,
  UNAVAILABLE: 503,
};

/** Nothing for a code that is not ours, such as one of a limit set before this room. */
export function statusOf(code: string): number | undefined {
  return Object.hasOwn(STATUS, code) ? STATUS[code as RestCode] : undefined;
}
