import { asError } from "../domain/errors.ts";
import type { Log } from "../lib/log.ts";
import { OutboundError } from "../outbound/errors.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { Timings } from "../outbound/timings.ts";
import type { Endpoint } from "./endpoint.ts";
import { signatureHeaders } from "./signature.ts";

export type Post = Outbound["request"];

/** One try, as it is kept. Durations are milliseconds; what took none is null. */
export interface AttemptRecord {
  readonly at: number;
  readonly durationMs: number;
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  readonly firstByteMs: number | null;
  readonly status: number | null;
  readonly errorCode: string | null;
  readonly error: string | null;
  readonly response: string | null;
}

export interface Posted {
  readonly attempt: AttemptRecord;
  readonly retryAfter: string | null;
}

/** For the whole exchange, from the name's resolution to the answer's last byte; Standard Webhooks asks for 15 to 30 s. */
export const DEADLINE_MS = 15_000;

interface PostParts {
  readonly post: Post;
  readonly now: () => number;
  readonly log: Log;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** Of the answer: enough for an error page of a framework, harmless a million times. */
const KEEP_BYTES = 16_384;

/**
 * Signs and posts one body, and describes how it went.
 * @throws only the reason of `signal`: a failed call is a result.
 */
export async function postOnce(
  { url, headers, secrets }: Endpoint,
  { id, body }: { readonly id: string; readonly body: string },
  { post, now, log, deadlineMs, signal }: PostParts,
): Promise<Posted> {
  const at = now();
  try {
    const reply = await post({
      method: "POST",
      url,
      headers: {
        ...headers,
        "content-type": "application/json",
        ...signatureHeaders({ id, timestamp: Math.floor(at / 1_000), body }, secrets),
      },
      body,
      deadlineMs,
      keepBytes: KEEP_BYTES,
      signal,
    });
    const attempt = {
      ...timesOf(at, reply.timings),
      status: reply.status,
      errorCode: null,
      error: null,
      response: textOf(reply.body),
    };
    return { attempt, retryAfter: reply.headers.get("retry-after") ?? null };
  } catch (thrown) {
    signal.throwIfAborted();
    return { attempt: failed(at, thrown, log), retryAfter: null };
  }
}

function failed(at: number, thrown: unknown, log: Log): AttemptRecord {
  if (thrown instanceof OutboundError) {
    return {
      ...timesOf(at, thrown.call?.timings),
      status: thrown.call?.status ?? null,
      errorCode: thrown.code,
      error: thrown.message,
      response: null,
    };
  }
  log.error("webhook post failed for a reason of our own", { err: asError(thrown) });
  const error = "The gateway could not send it; its log says why.";
  return { ...timesOf(at, undefined), status: null, errorCode: "INTERNAL", error, response: null };
}

function timesOf(at: number, timings: Timings | undefined) {
  return {
    at,
    durationMs: Math.round(timings?.totalMs ?? 0),
    dnsMs: part(timings?.dnsMs),
    connectMs: part(timings?.connectMs),
    // The client counts from the start of the call.
    firstByteMs: part(timings && timings.firstByteMs - timings.dnsMs - timings.connectMs),
  };
}

const part = (ms: number | undefined) => (ms && ms > 0 ? Math.round(ms) : null);

/** For people to read. No database takes a NUL in a text; what is no text takes three bytes where it came as one. */
function textOf(body: Uint8Array): string {
  const text = new TextDecoder().decode(body).replaceAll("\0", "\uFFFD");
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= KEEP_BYTES) return text;
  // As a stream it leaves out a character that was cut in two.
  return new TextDecoder().decode(bytes.subarray(0, KEEP_BYTES), { stream: true });
}
