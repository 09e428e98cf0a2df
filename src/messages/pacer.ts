import type { Pace, Pacing } from "../domain/instance.ts";
import { steadyNow } from "../lib/steady-clock.ts";

const MINUTE_MS = 60_000;

/** Of a token. Fractions are never exact, and who has waited as long as told must not be told to wait again. */
const TOLERANCE = 1e-6;

/** A token bucket: `burst` messages at once after a silence, then one every so often, and never quite regularly. */
export class Pacer {
  readonly pacing: Pacing;
  readonly #now: () => number;
  readonly #random: () => number;
  #tokens: number;
  #countedAt: number;
  #notBefore = 0;

  constructor(pacing: Pacing, now: () => number = steadyNow, random: () => number = Math.random) {
    this.pacing = pacing;
    this.#now = now;
    this.#random = random;
    this.#tokens = pacing.burst;
    this.#countedAt = now();
  }

  /**
   * Takes the right to send one message.
   * @returns 0, or how many milliseconds to wait before asking again
   */
  take(): number {
    const wait = this.#waitMs();
    if (wait > 0) return wait;
    this.#tokens -= 1;
    this.#notBefore = this.#now() + this.#random() * this.pacing.jitter * this.#intervalMs();
    return 0;
  }

  get pace(): Pace {
    const nextInMs = this.#waitMs();
    return { ...this.pacing, remaining: Math.floor(this.#tokens), nextInMs };
  }

  #waitMs(): number {
    const now = this.#now();
    const { burst } = this.pacing;
    this.#tokens = Math.min(burst, this.#tokens + (now - this.#countedAt) / this.#intervalMs());
    this.#countedAt = now;
    const missing = Math.max(0, 1 - this.#tokens - TOLERANCE);
    return Math.ceil(Math.max(missing * this.#intervalMs(), this.#notBefore - now, 0));
  }

  #intervalMs(): number {
    return MINUTE_MS / this.pacing.perMinute;
  }
}
