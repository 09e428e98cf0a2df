import { AsyncLocalStorage } from "node:async_hooks";

/** How long the parts of a call took, in milliseconds. A part that was not reached is 0. */
export interface Timings {
  /** Resolving the name; 0 when an open connection was reused or the address is a literal. */
  readonly dnsMs: number;
  /** TCP and TLS, and waiting for a free socket; 0 when an open connection was reused. */
  readonly connectMs: number;
  /** From the start of the call to the first byte of the answer. */
  readonly firstByteMs: number;
  /** From the start of the call to its end. */
  readonly totalMs: number;
}

/** What a call is waiting for; completes the sentence of a time-out. */
export type Phase =
  | "connecting"
  | "reading the answer"
  | "resolving the name"
  | "waiting for the answer";

/** A running call's notebook. */
export class Trace {
  phase: Phase = "waiting for the answer";
  dnsMs = 0;
  connectMs = 0;
  firstByteMs = 0;
  readonly #startedAt = performance.now();

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  timings(): Timings {
    return {
      dnsMs: this.dnsMs,
      connectMs: this.connectMs,
      firstByteMs: this.firstByteMs,
      totalMs: this.elapsedMs,
    };
  }
}

/**
 * Leads from the connector back to the call that made it connect: undici opens a socket inside
 * the dispatch of the request that needs it, but tells the connector nothing about that request.
 */
export const traceStorage = new AsyncLocalStorage<Trace>();
