import type { MessageStatus } from "../domain/message.ts";
import { hasReached } from "../domain/message.ts";

/** Callers that wait for a message to get somewhere. They are told after the commit, never before. */
export class Waiters {
  readonly #waiting = new Map<string, Set<(status: MessageStatus) => void>>();

  /** A message has come further, for good. */
  tell(uid: string, status: MessageStatus): void {
    for (const each of this.#waiting.get(uid) ?? []) each(status);
  }

  /** Resolves when the message has reached the state or ended, or with nothing after the time or the abort. */
  wait(
    uid: string,
    wanted: MessageStatus,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<MessageStatus | undefined> {
    return new Promise((resolve) => {
      const set = this.#waiting.get(uid) ?? new Set();
      this.#waiting.set(uid, set);
      const finish = (status: MessageStatus | undefined) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", leave);
        set.delete(listener);
        if (set.size === 0 && this.#waiting.get(uid) === set) this.#waiting.delete(uid);
        resolve(status);
      };
      const listener = (status: MessageStatus) => {
        if (hasReached(status, wanted)) finish(status);
      };
      const leave = () => finish(undefined);
      const timer = setTimeout(leave, timeoutMs);
      signal.addEventListener("abort", leave, { once: true });
      set.add(listener);
    });
  }
}
