/** How one POST ended, in the words of HTTP or of the client that found no answer. */
export interface Result {
  readonly status: number | null;
  /** The class of the failure, where there was no complete answer. */
  readonly errorCode: string | null;
  /** The header as it came. */
  readonly retryAfter: string | null;
}

export type Verdict =
  | { readonly kind: "delivered" }
  | { readonly kind: "retry"; readonly retryAfterMs?: number }
  /** The receiver asks not to be called again. */
  | { readonly kind: "gone" }
  /** Nothing was sent, so nothing is known about the receiver. */
  | { readonly kind: "skipped" };

/**
 * What a result means by Standard Webhooks 1.0.0: only 2xx is success; a redirect is a failure,
 * because following it would carry the signature to an address that nobody checked; 410 ends it.
 * Other client errors are tried again: the 404 of a deployment must not cost an event.
 */
export function judge(
  { status, errorCode, retryAfter }: Result,
  now: number,
): Exclude<Verdict, { kind: "skipped" }> {
  // Before the error: the head says it all, whether a body follows or not.
  if (status === 410) return { kind: "gone" };
  if (errorCode !== null || status === null) return { kind: "retry" };
  if (status >= 200 && status < 300) return { kind: "delivered" };
  const retryAfterMs = parseRetryAfter(retryAfter, now);
  return retryAfterMs === undefined ? { kind: "retry" } : { kind: "retry", retryAfterMs };
}

/** `Retry-After` in milliseconds from now: seconds or an HTTP date (RFC 9110, 10.2.3). */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // `Date.parse` also takes bare numbers and local formats; an HTTP date begins with the day's name.
  const at = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
