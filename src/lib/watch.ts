import { Wakeups } from "./wakeups.ts";

/** How often a follower looks again although nothing woke it (milliseconds). */
const QUIET_MS = 60_000;

interface Watched {
  readonly wakeups: Wakeups;
  /** Goes up with each change, so that one which comes while a reader reads is not slept through. */
  turn: number;
  readers: number;
}

/** One reader's watch over a thing that changes. */
export interface Watch extends Disposable {
  /** What it was when the reader began to read. */
  readonly turn: number;
  /** Sleeps until something has changed since that turn, or the signal is aborted. */
  changedSince(turn: number, signal: AbortSignal): Promise<void>;
}

/** Wakes those who follow one thing, known by its id, and nobody else. It carries nothing: they read the database. */
export class Watchers {
  /** As many as are followed just now. */
  readonly #watched = new Map<string, Watched>();

  readonly wake = (ids: Iterable<string>): void => {
    if (this.#watched.size === 0) return;
    for (const id of ids) {
      const watched = this.#watched.get(id);
      if (!watched) continue;
      watched.turn += 1;
      watched.wakeups.wake();
    }
  };

  watch(id: string): Watch {
    const watched = this.#watched.get(id) ?? { wakeups: new Wakeups(), turn: 0, readers: 0 };
    this.#watched.set(id, watched);
    watched.readers += 1;
    return {
      get turn() {
        return watched.turn;
      },
      async changedSince(turn, signal) {
        if (watched.turn === turn) await watched.wakeups.sleep(QUIET_MS, signal);
      },
      [Symbol.dispose]: () => {
        watched.readers -= 1;
        if (watched.readers === 0) this.#watched.delete(id);
      },
    };
  }
}
