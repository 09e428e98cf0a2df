import { abortable } from "./abortable.ts";

/** Gives a permit back. Calling it again does nothing. */
export type Release = () => void;

/** A fixed number of permits, handed out in the order in which they were asked for. */
export class Semaphore {
  #free: number;
  readonly #waiting = new Set<(release: Release) => void>();

  constructor(permits: number) {
    this.#free = permits;
  }

  /**
   * Waits for a permit.
   *
   * @throws the signal's reason when it is aborted first; a permit is then not taken.
   */
  async acquire(signal: AbortSignal): Promise<Release> {
    signal.throwIfAborted();
    if (this.#free > 0) return this.#take();

    const { promise, resolve } = Promise.withResolvers<Release>();
    this.#waiting.add(resolve);
    try {
      return await abortable(promise, signal);
    } catch (error) {
      // Handed over in the very turn of the abort: pass the permit on, or it is lost for ever.
      if (!this.#waiting.delete(resolve)) (await promise)();
      throw error;
    }
  }

  #take(): Release {
    this.#free -= 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#free += 1;
      this.#wakeNext();
    };
  }

  #wakeNext(): void {
    const [next] = this.#waiting;
    if (!next || this.#free === 0) return;
    this.#waiting.delete(next);
    next(this.#take());
  }
}
