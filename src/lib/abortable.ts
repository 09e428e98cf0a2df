/**
 * Waits for a promise that cannot be cancelled, no longer than the signal allows.
 * The work behind the promise goes on; its later outcome, good or bad, is ignored.
 *
 * @throws the signal's reason once it is aborted.
 */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
