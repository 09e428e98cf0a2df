import type { Timings } from "./timings.ts";

/**
 * Why a call to a user's address gave no answer.
 *
 * - `BAD_URL`: the address itself is unusable; nothing was sent.
 * - `BLOCKED_ADDRESS`: it leads into a network that may not be reached; nothing was sent.
 * - `DNS`: the name has no address, or the name server gave no answer.
 * - `CONNECT`, `TLS`: no connection, or one whose certificate or handshake is not right.
 * - `TIMEOUT`: the deadline passed, whatever the call was doing then.
 * - `RESET`: the connection broke before the answer was complete.
 * - `BAD_RESPONSE`: what came back is not HTTP, or not in the encoding that was asked for.
 * - `REDIRECT`: a download was answered by pointing elsewhere, which is not followed.
 * - `TOO_LARGE`: the answer exceeds its cap.
 * - `CLOSED`: this client was disposed.
 */
export type OutboundErrorCode =
  | "BAD_RESPONSE"
  | "BAD_URL"
  | "BLOCKED_ADDRESS"
  | "CLOSED"
  | "CONNECT"
  | "DNS"
  | "REDIRECT"
  | "RESET"
  | "TIMEOUT"
  | "TLS"
  | "TOO_LARGE";

export const CLOSED_MESSAGE = "the HTTP client is closed";

/** What is known about a call that failed on its way. */
export interface FailedCall {
  readonly timings: Timings;
  /** The status, when the head of an answer had arrived before the failure. */
  readonly status?: number | undefined;
}

/** A failed call. The message is meant for the user who named the address and holds no resolved address. */
export class OutboundError extends Error {
  override readonly name = "OutboundError";
  readonly code: OutboundErrorCode;
  /** Left out when the call failed before it began. */
  readonly call: FailedCall | undefined;

  constructor(
    code: OutboundErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly call?: FailedCall } = {},
  ) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.call = options.call;
  }
}
