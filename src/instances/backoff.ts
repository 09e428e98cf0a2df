import { steadyNow } from "../lib/steady-clock.ts";

/** The first new attempt comes well within two seconds: most drops are a blip. */
const FIRST_MS = 500;

/** WhatsApp sees no more than a dozen attempts an hour from an account it keeps refusing. */
const LONGEST_MS = 5 * 60_000;

/** So many failures in a row are a loop: something is wrong that more attempts do not mend. */
const LOOPING_AFTER = 10;

/** Between the attempts of a loop, in milliseconds: WhatsApp bans accounts that hammer. */
const LOOPING_MS = 15 * 60_000;

/**
 * How long to wait before an attempt to reconnect, in milliseconds: doubling, with up to half of it
 * as jitter so that a thousand instances do not come back in one instant.
 * @param failures attempts that failed since the connection was last stable, from 0
 * @param random in [0, 1)
 */
function reconnectDelay(failures: number, random: number): number {
  const longest =
    failures >= LOOPING_AFTER ? LOOPING_MS : Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  return Math.round(longest * (1 - random / 2));
}

/** A connection that has held this long (milliseconds) forgives the failures before it. */
const STABLE_AFTER_MS = 2 * 60_000;

/** The next attempt to connect. */
export interface Attempt {
  readonly delayMs: number;
  /** Attempts that failed since the connection was last stable. */
  readonly failures: number;
  /** So many in a row that attempts are far apart by now. */
  readonly isLooping: boolean;
}

/** Counts what fails in a row, and says when to try again. An open connection proves nothing until it has held. */
export class Backoff {
  readonly #now: () => number;
  readonly #random: () => number;
  #failures = 0;
  #openedAt: number | undefined;

  constructor(now: () => number = steadyNow, random: () => number = Math.random) {
    this.#now = now;
    this.#random = random;
  }

  opened(): void {
    this.#openedAt = this.#now();
  }

  closed(): void {
    if (this.#openedAt !== undefined && this.#now() - this.#openedAt > STABLE_AFTER_MS) {
      this.#failures = 0;
    }
    this.#openedAt = undefined;
  }

  /** @param isOurs it failed for a reason of ours: a full disk ends when there is space, and then nothing is to be waited for */
  next(isOurs: boolean): Attempt {
    const delayMs = reconnectDelay(isOurs ? 0 : this.#failures, this.#random());
    if (!isOurs) this.#failures += 1;
    return { delayMs, failures: this.#failures, isLooping: this.#failures > LOOPING_AFTER };
  }
}
