/** The same stream with one item before it. Returning from it returns from the stream at once, read or not. */
export function beginningWith<T>(
  first: T,
  rest: AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  let begun = false;
  return {
    next: () => {
      if (begun) return rest.next();
      begun = true;
      return Promise.resolve({ value: first, done: false });
    },
    return: () => {
      begun = true;
      return rest.return();
    },
    throw: (error) => {
      begun = true;
      return rest.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: () => rest[Symbol.asyncDispose](),
  };
}

/** Leaves a stream when the caller is gone, even while it waits for the next item. */
export function leavingOn<T>(
  signal: AbortSignal | undefined,
  stream: AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const leave = () => void stream.return().catch(() => undefined);
  if (signal?.aborted) leave();
  else signal?.addEventListener("abort", leave, { once: true });
  return stream;
}
