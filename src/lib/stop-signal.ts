/**
 * Ctrl+C reaches every process of the terminal, and npm passes it on to us besides: within this time
 * (milliseconds) a second signal is the same wish as the first.
 */
const SAME_WISH_MS = 1_000;

/**
 * Aborts at the first SIGINT or SIGTERM, with the signal's name as the reason. Whoever asks a second time
 * is impatient: the process then ends at once, without waiting for what is being closed.
 */
export function stopSignal(): AbortSignal {
  const asked = new AbortController();
  let askedAt = 0;
  const hear = (name: NodeJS.Signals): void => {
    if (!asked.signal.aborted) {
      askedAt = performance.now();
      asked.abort(name);
    } else if (performance.now() - askedAt > SAME_WISH_MS) {
      process.exit(1);
    }
  };
  process.on("SIGINT", hear).on("SIGTERM", hear);
  return asked.signal;
}
