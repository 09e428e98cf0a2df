import type { Caller } from "../domain/caller.ts";

/** How many sockets and streams each key has open, so that one does not take the place of all others. */
export class Seats {
  readonly perKey: number;
  readonly #taken = new Map<string, number>();

  constructor(perKey: number) {
    this.perKey = perKey;
  }

  /** @returns what gives the seat back; nothing when the key has too many */
  take({ keyId }: Caller): (() => void) | undefined {
    // The machine itself and the key of the environment own the gateway: their limit is that of all connections.
    if (keyId === null) return () => undefined;
    const taken = this.#taken.get(keyId) ?? 0;
    if (taken >= this.perKey) return undefined;
    this.#taken.set(keyId, taken + 1);
    return () => {
      const left = (this.#taken.get(keyId) ?? 0) - 1;
      if (left > 0) this.#taken.set(keyId, left);
      else this.#taken.delete(keyId);
    };
  }
}
