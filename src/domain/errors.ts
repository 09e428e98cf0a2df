/**
 * The codes a caller may meet and build on. A new one is a change of the contract: it goes into
 * schema.graphql, and `src/rest` gives it its HTTP status.
 */
export const ERROR_CODES = [
  "BAD_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "RATE_LIMITED",
  "INSTANCE_NOT_FOUND",
  "INSTANCE_EXISTS",
  "ALREADY_CONNECTED",
  "NOT_LINKED",
  "QR_UNAVAILABLE",
  "INVALID_RECIPIENT",
  "NOT_ON_WHATSAPP",
  "MESSAGE_NOT_FOUND",
  "BATCH_NOT_FOUND",
  "GROUP_NOT_FOUND",
  "CHANNEL_NOT_FOUND",
  "INVITE_INVALID",
  "NOT_ALLOWED",
  "CHAT_NOT_FOUND",
  "CALL_NOT_FOUND",
  "CONFLICT",
  "LABEL_NOT_FOUND",
  "SEND_REJECTED",
  "TOO_LATE",
  "QUEUE_FULL",
  "IDEMPOTENCY_MISMATCH",
  "INVALID_ADDRESS",
  "MEDIA_UNREACHABLE",
  "MEDIA_GONE",
  "MEDIA_TOO_LARGE",
  "MEDIA_INVALID",
  "CREDENTIALS_INVALID",
  "PASSPHRASE_WRONG",
  "WEBHOOK_NOT_FOUND",
  "DELIVERY_NOT_FOUND",
  "KEY_NOT_FOUND",
  "CURSOR_INVALID",
  "CURSOR_EXPIRED",
  "CURSOR_FOREIGN",
  "CURSOR_AHEAD",
  "STORE_FAILED",
  "OWNERSHIP_LOST",
  "UNAVAILABLE",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface ErrorDetails {
  readonly [name: string]: string | number | boolean | null | undefined;
}

/**
 * An error whose message may be shown to a caller: it says what is wrong and what to do. Anything
 * else that is thrown is a bug or a broken machine, is logged with its cause, and leaves masked.
 */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}

export function instanceNotFound(id: string): GatewayError {
  return new GatewayError(
    "INSTANCE_NOT_FOUND",
    `There is no instance "${id}". List the instances to see their ids, or create it first.`,
    { instanceId: id },
  );
}

/** Whatever was thrown, as an Error: a dropped WhatsApp socket rejects with a bare number. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

export function notLinked(id: string, status: string): GatewayError {
  return new GatewayError(
    "NOT_LINKED",
    `"${id}" is not linked to a phone. Scan its QR code first (GET /instances/${id}/qr).`,
    { instanceId: id, status },
  );
}

/** @param messageUid the gateway's own name of it */
export function messageNotFound(messageUid: string): GatewayError {
  const message = `There is no message with the uid "${messageUid}".`;
  return new GatewayError("MESSAGE_NOT_FOUND", message, { messageUid });
}

export function labelNotFound(labelId: string): GatewayError {
  const id = labelId.slice(0, 80);
  const message = `The account has no label "${id}". List its labels to see their ids.`;
  return new GatewayError("LABEL_NOT_FOUND", message, { labelId: id });
}
