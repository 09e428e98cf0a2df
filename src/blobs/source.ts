/** Bytes of somebody else's, and what went wrong with them: no fault of the store that takes them. */
export interface Source {
  readonly bytes: AsyncGenerator<Uint8Array, void, undefined>;
  /** What they threw. */
  readonly failure: unknown;
}

export function sourceOf(from: AsyncIterable<Uint8Array>): Source {
  let failure: unknown;
  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* from;
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return {
    bytes: read(),
    get failure() {
      return failure;
    },
  };
}
