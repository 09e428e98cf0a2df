/**
 * Tells sleeping readers that the log has grown. It carries no events, so a slow reader costs
 * nothing: it finds what it missed in the log.
 */
export class Wakeups {
  readonly #sleepers = new Set<() => void>();

  /** How many readers sleep. */
  get waiting(): number {
    return this.#sleepers.size;
  }

  wake(): void {
    // Each removes itself, and one that falls asleep again does so in a later turn: no copy is needed.
    for (const wake of this.#sleepers) wake();
  }

  /** Sleeps until the next wake-up, the abort, or for this long; whichever comes first. */
  sleep(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#sleepers.delete(done);
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.#sleepers.add(done);
      signal.addEventListener("abort", done, { once: true });
    });
  }
}
