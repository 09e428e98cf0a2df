import { Refusal } from "./refusal.ts";

/** A part of the budget. Growing it may be refused; disposing gives it back. */
export interface Share extends Disposable {
  /** @throws Refusal 503 when all bodies together would be too large, 429 when those of this key would. */
  grow(bytes: number): void;
}

/**
 * The memory that all request bodies may hold together, so that many allowed requests at once cannot
 * exhaust it. A key that was made gets half of it: whoever trickles uploads stops nobody else's.
 */
export class BodyBudget {
  readonly #perKey: number;
  readonly #held = new Map<string, number>();
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
    this.#perKey = bytes / 2;
  }

  /** @param keyId null for callers who own the gateway */
  share(keyId: string | null): Share {
    let held = 0;
    const add = (bytes: number): void => {
      this.#left -= bytes;
      held += bytes;
      if (keyId === null) return;
      const all = (this.#held.get(keyId) ?? 0) + bytes;
      if (all > 0) this.#held.set(keyId, all);
      else this.#held.delete(keyId);
    };
    return {
      grow: (bytes) => {
        if (keyId !== null && (this.#held.get(keyId) ?? 0) + bytes > this.#perKey) {
          throw busy(429, "RATE_LIMITED", "Too many large requests of this key are being handled.");
        }
        if (bytes > this.#left) {
          throw busy(503, "UNAVAILABLE", "Too many large requests are being handled.");
        }
        add(bytes);
      },
      [Symbol.dispose]: () => add(-held),
    };
  }
}

function busy(status: 429 | 503, code: "RATE_LIMITED" | "UNAVAILABLE", what: string): Refusal {
  return new Refusal(status, code, `${what} Try again in a moment.`, { "retry-after": "1" });
}
