import { setTimeout as sleep } from "node:timers/promises";
import type { CloseReason } from "../domain/instance.ts";
import type { Log } from "../lib/log.ts";
import type { WriteHealth } from "../store/health.ts";
import type { AccountState } from "./account-state.ts";
import { Backoff } from "./backoff.ts";

export interface RetryNeeds {
  readonly state: AccountState;
  readonly health: Pick<WriteHealth, "reason" | "whenWritable">;
  readonly log: Log;
  /** Makes the attempt. */
  readonly open: () => void;
}

/** Waits for the next attempt to connect an account, longer after each failure, and shows that it does. */
export class Retry {
  readonly #needs: RetryNeeds;
  readonly #backoff = new Backoff();
  #waiting: AbortController | undefined;

  constructor(needs: RetryNeeds) {
    this.#needs = needs;
  }

  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  /** The connection is open; nothing is waited for any more. */
  opened(): void {
    this.#backoff.opened();
    this.#needs.state.showReconnecting(null);
  }

  /** It is not any more, whoever ended it. */
  closed(): void {
    this.#backoff.closed();
  }

  cancel(): void {
    this.#waiting?.abort();
    this.#waiting = undefined;
    this.#needs.state.showReconnecting(null);
  }

  later(reason: CloseReason): void {
    const { state, health, log } = this.#needs;
    // Only a database that cannot be written is ours alone. A state that cannot be read would be read
    // again and again, a login at WhatsApp each time.
    const isOurs = reason === "STORE_FAILED" && health.reason !== undefined;
    const { delayMs, failures, isLooping } = this.#backoff.next(isOurs);
    if (isLooping) {
      log.warn("the connection fails again and again", { reason, failures, nextInMs: delayMs });
    }
    const nextAttemptAt = new Date(Date.now() + delayMs);
    state.showReconnecting({ failures, nextAttemptAt, isLooping });
    this.#waiting = new AbortController();
    void this.#openAfter(delayMs, this.#waiting.signal);
  }

  async #openAfter(delay: number, signal: AbortSignal): Promise<void> {
    const { state, health, log, open } = this.#needs;
    await sleep(delay, undefined, { signal }).catch(() => undefined);
    await health.whenWritable(signal);
    const isOver = (): boolean => this.#waiting?.signal !== signal;
    if (isOver()) return;
    await state.catchUp().catch((err: unknown) => {
      log.warn("what happened to the connection is not in the log yet", { err });
    });
    if (isOver()) return;
    this.#waiting = undefined;
    open();
  }
}
