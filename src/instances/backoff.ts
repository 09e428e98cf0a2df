/** The first new attempt comes well within two seconds: most drops are a blip. */
const FIRST_MS = 500;

/** WhatsApp sees no more than a dozen attempts an hour from an account it keeps refusing. */
const LONGEST_MS = 5 * 60_000;

/** So many failures in a row are a loop: something is wrong that more attempts do not mend. */
export const LOOPING_AFTER = 10;

/** Between the attempts of a loop, in milliseconds: WhatsApp bans accounts that hammer. */
const LOOPING_MS = 15 * 60_000;

/**
 * How long to wait before an attempt to reconnect, in milliseconds: doubling, with up to half of it
 * as jitter so that a thousand instances do not come back in one instant.
 * @param failures attempts that failed since the connection was last stable, from 0
 * @param random in [0, 1)
 */
export function reconnectDelay(failures: number, random: number): number {
  const longest =
    failures >= LOOPING_AFTER ? LOOPING_MS : Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  return Math.round(longest * (1 - random / 2));
}

/** A connection that has held this long (milliseconds) forgives the failures before it. */
export const STABLE_AFTER_MS = 2 * 60_000;
