import { Refusal } from "./refusal.ts";

/** A part of the budget. Growing it may be refused; disposing gives it back. */
export interface Share extends Disposable {
  /** @throws Refusal 503 when all bodies together would be too large. */
  grow(bytes: number): void;
}

/** The memory that all request bodies may hold together, so that many allowed requests at once cannot exhaust it. */
export class BodyBudget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  share(): Share {
    let held = 0;
    return {
      grow: (bytes) => {
        if (bytes > this.#left) {
          const message = "Too many large requests are being handled. Try again in a moment.";
          throw new Refusal(503, "UNAVAILABLE", message, { "retry-after": "1" });
        }
        this.#left -= bytes;
        held += bytes;
      },
      [Symbol.dispose]: () => {
        this.#left += held;
        held = 0;
      },
    };
  }
}
