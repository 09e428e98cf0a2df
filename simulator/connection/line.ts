/** Waiting actions per direction of a connection. A burst of 20,000 stanzas fits; more is a runaway client. */
const MAX_WAITING = 50_000;

interface Waiting {
  readonly dueAt: number;
  readonly act: () => void;
}

/**
 * One direction of a connection, in order. Normally an action runs at once; while the line is silent
 * it waits for the end of the silence, while it is slow it runs later by the delay.
 */
export class Line {
  #waiting: Waiting[] = [];
  #silentUntil = 0;
  #delayMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @throws {Error} when more waits than the line can hold */
  run(act: () => void): void {
    if (this.#stopped) return;
    const now = Date.now();
    if (this.#waiting.length === 0 && this.#delayMs === 0 && this.#silentUntil <= now) {
      act();
      return;
    }
    if (this.#waiting.length >= MAX_WAITING) throw new Error("too many stanzas wait on this line");
    this.#waiting.push({ dueAt: now + this.#delayMs, act });
    this.#schedule();
  }

  /** Holds everything for `ms`; `Infinity` until `restore`. */
  silence(ms: number): void {
    this.#silentUntil = Math.max(this.#silentUntil, Date.now() + ms);
  }

  slow(ms: number): void {
    this.#delayMs = ms;
  }

  restore(): void {
    this.#silentUntil = 0;
    this.#delayMs = 0;
    this.#waiting = this.#waiting.map(({ act }) => ({ dueAt: 0, act }));
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting = [];
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const next = this.#waiting[0];
    if (next === undefined || this.#silentUntil === Infinity) return;
    const wait = Math.max(next.dueAt, this.#silentUntil) - Date.now();
    this.#timer = setTimeout(() => this.#drain(), Math.max(wait, 0));
  }

  #drain(): void {
    const now = Date.now();
    if (this.#silentUntil > now) return this.#schedule();
    const later = this.#waiting.findIndex(({ dueAt }) => dueAt > now);
    const due = this.#waiting.splice(0, later === -1 ? this.#waiting.length : later);
    for (const { act } of due) act();
    this.#schedule();
  }
}
