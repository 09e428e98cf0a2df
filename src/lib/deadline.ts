/** A time limit that also ends when one of the signals it was given does. Disposing frees its timer and listeners. */
export interface Deadline extends Disposable {
  /** Aborted when the time is over or a given signal is; its reason is that signal's reason, or a `TimeoutError`. */
  readonly signal: AbortSignal;
  /** True only when the time itself ran out. */
  readonly expired: boolean;
}

/**
 * Starts the clock at once.
 *
 * `AbortSignal.any` and `AbortSignal.timeout` would do the same, but both live until they fire:
 * a thousand finished calls a second would each leave a timer of many seconds behind.
 */
export function startDeadline(
  limitMs: number,
  signals: readonly (AbortSignal | undefined)[] = [],
): Deadline {
  const controller = new AbortController();
  let expired = false;
  const timer = setTimeout(() => {
    if (controller.signal.aborted) return;
    expired = true;
    controller.abort(new DOMException(`not done within ${limitMs} ms`, "TimeoutError"));
  }, limitMs);

  const listeners: (() => void)[] = [];
  for (const signal of signals) {
    if (!signal) continue;
    const follow = (): void => controller.abort(signal.reason);
    if (signal.aborted) follow();
    else {
      signal.addEventListener("abort", follow, { once: true });
      listeners.push(() => signal.removeEventListener("abort", follow));
    }
  }

  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      for (const remove of listeners.splice(0)) remove();
    },
  };
}
