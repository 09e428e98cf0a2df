/** Clocks jump and timers drift: at least this often (milliseconds) the clock itself is asked. */
const LONGEST_SLEEP_MS = 60_000;

/** One timer for everything that is due some day, whatever its number. With nothing due there is none. */
export class Alarm<Key> implements Disposable {
  readonly #due = new Map<Key, number>();
  readonly #ring: (key: Key) => void;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #disposed = false;

  constructor(ring: (key: Key) => void, now: () => number) {
    this.#ring = ring;
    this.#now = now;
  }

  /** Rings at this time (milliseconds since 1970), or earlier if that was asked for before. */
  set(key: Key, at: number): void {
    if (this.#disposed || at >= (this.#due.get(key) ?? Number.POSITIVE_INFINITY)) return;
    this.#due.set(key, at);
    if (at < this.#timerAt) this.#arm(at);
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#due.clear();
    clearTimeout(this.#timer);
  }

  #arm(at: number): void {
    clearTimeout(this.#timer);
    this.#timerAt = at;
    const wait = Math.min(LONGEST_SLEEP_MS, Math.max(0, at - this.#now()));
    this.#timer = setTimeout(() => this.#fire(), wait);
  }

  #fire(): void {
    this.#timerAt = Number.POSITIVE_INFINITY;
    const now = this.#now();
    const keys = [...this.#due].flatMap(([key, at]) => (at <= now ? [key] : []));
    for (const key of keys) this.#due.delete(key);
    for (const key of keys) this.#ring(key);
    const next = Math.min(...this.#due.values());
    if (next < this.#timerAt) this.#arm(next);
  }
}
