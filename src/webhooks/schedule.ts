const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The example schedule of Standard Webhooks 1.0.0: with the first try, ten tries over 75 h 35 min. In milliseconds. */
export const RETRY_DELAYS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** A receiver may ask for more patience than the schedule has, but not for so much that the delivery is as good as lost. */
export const MAX_RETRY_AFTER_MS = 24 * HOUR;

/** Of each delay, either way: what failed together must not come back together. */
const JITTER = 0.2;

/** A number of [0, 1), as `Math.random` gives it. */
export type Random = () => number;

export function jittered(delayMs: number, random: Random): number {
  return Math.round(delayMs * (1 - JITTER + 2 * JITTER * random()));
}

/**
 * How long to wait (milliseconds) after the given number of failed tries, or undefined when the
 * schedule is at its end. A `Retry-After` of the receiver may lengthen the wait, never shorten it.
 */
export function retryDelay(
  tries: number,
  retryAfterMs: number | undefined,
  random: Random,
  delays: readonly number[] = RETRY_DELAYS,
): number | undefined {
  const base = delays[tries - 1];
  if (base === undefined) return undefined;
  const own = jittered(base, random);
  if (retryAfterMs === undefined) return own;
  return Math.max(own, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
}
