/** What a key may still do, as the `RateLimit` header tells it. */
export interface Allowance {
  readonly perMinute: number;
  readonly remaining: number;
  /** Seconds until all of it is there again. */
  readonly resetSeconds: number;
}

const MINUTE_MS = 60_000;

/**
 * A bucket of tokens that is full after a minute of silence and fills evenly: a burst may take all
 * of it, and what comes after has to keep the pace.
 */
export class RateLimit {
  readonly #perMinute: number;
  readonly #now: () => number;
  #tokens: number;
  #at: number;

  /** @param now milliseconds of a clock that nobody sets */
  constructor(perMinute: number, now: () => number) {
    this.#perMinute = perMinute;
    this.#now = now;
    this.#tokens = perMinute;
    this.#at = now();
  }

  /** Takes one, if there is one. */
  take(): boolean {
    this.#fill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  get allowance(): Allowance {
    this.#fill();
    const missing = this.#perMinute - this.#tokens;
    return {
      perMinute: this.#perMinute,
      remaining: Math.floor(this.#tokens),
      resetSeconds: Math.ceil((missing / this.#perMinute) * 60),
    };
  }

  #fill(): void {
    const now = this.#now();
    const grown = ((now - this.#at) / MINUTE_MS) * this.#perMinute;
    this.#tokens = Math.min(this.#perMinute, this.#tokens + grown);
    this.#at = now;
  }
}
