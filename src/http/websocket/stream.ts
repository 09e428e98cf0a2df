export interface StreamLife {
  /** Whether there still is somebody to send to. */
  readonly isOpen: () => boolean;
  /** Tells the source that its reader is gone. */
  readonly leave: () => void;
  /** What the reader may see of an error that ends the stream. */
  readonly mask: (error: unknown) => Error;
}

/**
 * A stream that ends with its socket. graphql-ws takes a send to a dead socket for done and asks
 * for the next item at once, so that a socket cut off during a backlog would have it all read for
 * nobody, in one go, and the `close` event would wait behind it.
 */
export function whileOpen<T>(source: AsyncIterable<T>, life: StreamLife): AsyncIterableIterator<T> {
  const items = source[Symbol.asyncIterator]();
  const finish = async (): Promise<IteratorResult<T>> => {
    // First the signal: a source that waits for its next event cannot be returned from.
    life.leave();
    await items.return?.();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      if (!life.isOpen()) return finish();
      try {
        const item = await items.next();
        if (item.done) life.leave();
        return item;
      } catch (error) {
        life.leave();
        throw life.mask(error);
      }
    },
    return: finish,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
