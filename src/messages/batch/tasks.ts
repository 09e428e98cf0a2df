/** What runs in the background, one task for each id, and can be stopped one by one. */
export class Tasks implements AsyncDisposable {
  readonly #running = new Map<
    string,
    { readonly own: AbortController; readonly task: Promise<void> }
  >();
  #stopped = false;

  /** Runs behind an earlier task of that id, which is stopped. */
  start(id: string, work: (signal: AbortSignal) => Promise<void>): void {
    if (this.#stopped) return;
    const before = this.stop(id);
    const own = new AbortController();
    const task = before
      .then(() => work(own.signal))
      .catch(() => undefined)
      .finally(() => {
        if (this.#running.get(id)?.own === own) this.#running.delete(id);
      });
    this.#running.set(id, { own, task });
  }

  /** Resolves once nothing of it runs any more. */
  async stop(id: string): Promise<void> {
    const running = this.#running.get(id);
    running?.own.abort();
    await running?.task;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    await Promise.all(Array.from(this.#running.keys(), (id) => this.stop(id)));
  }
}
