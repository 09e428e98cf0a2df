import { jittered } from "./schedule.ts";
import type { Random } from "./schedule.ts";

/** How many POSTs to one endpoint run at once: learned by its answers, within these bounds. */
export interface PaceLimits {
  /** Up to here every success adds one: an endpoint that answers gets there within a few deliveries. */
  readonly usual: number;
  /** Above `usual`, each round of successes adds one. More hardly speeds up a receiver and takes sockets from others. */
  readonly most: number;
  /** So many failures in a row, and the endpoint counts as dead. */
  readonly patience: number;
  /** Milliseconds between probes of a dead endpoint: the first, and the longest. */
  readonly firstProbeMs: number;
  readonly lastProbeMs: number;
}

export const PACE_LIMITS: PaceLimits = {
  usual: 8,
  most: 32,
  patience: 3,
  firstProbeMs: 5_000,
  // Five minutes: how late a recovery may be noticed, against 288 wasted probes a day.
  lastProbeMs: 300_000,
};

/** An endpoint that takes longer to say yes (milliseconds) holds its sockets like one that says nothing. */
const QUICK_MS = 1_000;

/**
 * How fast one endpoint may be called. It begins with a single POST, speeds up while all goes well,
 * halves with each failure, and after a few failures in a row lets a single probe through at growing
 * distances, so that a dead endpoint costs nothing however much is waiting for it.
 */
export class Pace {
  readonly #limits: PaceLimits;
  readonly #random: Random;
  #width = 1;
  #failures = 0;
  #probes = 0;
  #quick = false;
  #dead: boolean;
  /** The receiver's own wish. */
  #askedUntil = 0;
  #nextProbeAt = 0;

  /** @param dead it is known to be so, from before a restart: it begins with a probe. */
  constructor(limits: PaceLimits, random: Random, dead = false) {
    this.#limits = limits;
    this.#random = random;
    this.#dead = dead;
    if (dead) this.#failures = limits.patience;
  }

  /** Whether its last answer was a quick success: such an endpoint is known to free its sockets. */
  get proven(): boolean {
    return this.#width > 1 && this.#failures === 0 && this.#quick;
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** When the next POST may start (milliseconds since 1970); in the past if it may start now. */
  get closedUntil(): number {
    return Math.max(this.#askedUntil, this.#nextProbeAt);
  }

  /** How many POSTs may run at once. */
  allowed(now: number): number {
    if (now < this.closedUntil) return 0;
    return this.dead ? 1 : Math.floor(this.#width);
  }

  /** What the receiver asked for stands: that one of its answers was good does not take it back. */
  succeed(tookMs: number): void {
    this.#quick = tookMs < QUICK_MS;
    const { usual, most } = this.#limits;
    if (this.dead) this.#width = 1;
    this.#width = Math.min(most, this.#width + (this.#width < usual ? 1 : 1 / this.#width));
    this.#failures = 0;
    this.#probes = 0;
    this.#dead = false;
    this.#nextProbeAt = 0;
  }

  /** @param retryAfterMs the receiver's own wish, already within bounds; it holds for the whole endpoint. */
  fail(now: number, retryAfterMs = 0): void {
    // What was under way when the endpoint died fails with it, and is no probe.
    const straggler = this.dead && now < this.closedUntil;
    this.#failures += 1;
    this.#width = Math.max(1, this.#width / 2);
    this.#askedUntil = Math.max(this.#askedUntil, now + retryAfterMs);
    if (straggler || this.#failures < this.#limits.patience) return;
    const { firstProbeMs, lastProbeMs } = this.#limits;
    const wait = Math.min(lastProbeMs, firstProbeMs * 2 ** this.#probes);
    this.#dead = true;
    this.#probes += 1;
    this.#nextProbeAt = now + jittered(wait, this.#random);
  }
}
