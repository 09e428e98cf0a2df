import { performance } from "node:perf_hooks";

/**
 * Milliseconds since the epoch, as they were at the start of the process plus what has passed since:
 * whoever sets the machine's clock by a day neither ends nor prolongs a wait.
 */
export function steadyNow(): number {
  return Math.floor(performance.timeOrigin + performance.now());
}
