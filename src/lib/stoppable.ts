/**
 * A generator that waits cannot be returned from before its wait ends, so whoever unsubscribes from
 * a quiet stream would hold it open for ever. This one gets a signal that is aborted first.
 */
export function stoppable<T>(
  run: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const abort = new AbortController();
  const inner = run(abort.signal);
  return {
    next: () => inner.next(),
    return: () => {
      abort.abort();
      return inner.return();
    },
    throw: (error) => {
      abort.abort();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return();
    },
  };
}
