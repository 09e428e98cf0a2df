import { GatewayError } from "../../domain/errors.ts";
import { abortable } from "../../lib/abortable.ts";
import { startDeadline } from "../../lib/deadline.ts";
import { Unsendable } from "./unsendable.ts";

/** How long something lasts, for whoever waits on something that ends with it. */
export interface Lifetime {
  readonly over: boolean;
  readonly signal: AbortSignal;
  end(): void;
  /**
   * Waits for work of Baileys, which forgets its open questions when a socket ends.
   * @throws GatewayError UNAVAILABLE when the connection ends or the time runs out first, or the work failed for no reason of
   *   the caller's; `Unsendable` as it is
   */
  during<T>(work: Promise<T>, limitMs: number): Promise<T>;
}

export function startLifetime(): Lifetime {
  const ending = new AbortController();
  return {
    signal: ending.signal,
    get over() {
      return ending.signal.aborted;
    },
    end: () => ending.abort(new GatewayError("UNAVAILABLE", "The connection to WhatsApp ended.")),
    async during(work, limitMs) {
      using deadline = startDeadline(limitMs, [ending.signal]);
      try {
        return await abortable(work, deadline.signal);
      } catch (error) {
        if (error instanceof GatewayError || error instanceof Unsendable) throw error;
        // A dropped socket rejects with a bare number, and Baileys with errors of many kinds.
        throw new GatewayError("UNAVAILABLE", "WhatsApp could not be asked. Try again.", {}, error);
      }
    },
  };
}
