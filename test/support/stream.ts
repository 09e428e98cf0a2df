import { abortable } from "../../src/lib/abortable.ts";

/** How long a test waits for the next item of a stream, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Items that come in their own time, read one by one. */
export interface Stream<T> extends AsyncDisposable {
  /** @throws when nothing comes for ten seconds, or the stream has ended. */
  next(): Promise<T>;
  /** The next item that matches; those before it are dropped. */
  until(match: (item: T) => boolean): Promise<T>;
}

export function streamOf<T>(
  items: AsyncIterator<T, unknown, undefined>,
  close: () => unknown,
): Stream<T> {
  async function next(): Promise<T> {
    const item = await abortable(items.next(), AbortSignal.timeout(PATIENCE_MS));
    if (item.done === true) throw new Error("the stream has ended");
    return item.value;
  }
  return {
    next,
    async until(match) {
      for (;;) {
        const item = await next();
        if (match(item)) return item;
      }
    },
    async [Symbol.asyncDispose]() {
      await close();
    },
  };
}
