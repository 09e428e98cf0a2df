/** How often the memory is looked at, in milliseconds: a peak that matters lasts longer. */
const EVERY_MS = 50;

/** The most resident memory of this process while it is watched, in MB. */
export function watchMemory(): { readonly peakMb: number } & Disposable {
  let peak = process.memoryUsage.rss();
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), EVERY_MS);
  return {
    get peakMb() {
      return Math.round(peak / 1_048_576);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
