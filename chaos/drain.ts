import { setTimeout as sleep } from "node:timers/promises";
import type { History } from "./history.ts";
import type { LogFile } from "./log-file.ts";

/** A log that has not grown for so long while something is left to do never will (milliseconds). */
const STUCK_MS = 40_000;

/** Nothing new for so long: receipts have come in, and readers have read (milliseconds). */
const QUIET_MS = 1_000;

const LOOK_EVERY_MS = 100;

/**
 * Waits until everything that was begun has come to its end and every reader has read it.
 * @returns what is left when it does not.
 */
export async function drain(
  file: LogFile,
  { inbound, subscriptions }: Pick<History, "inbound" | "subscriptions">,
): Promise<Readonly<Record<string, number>>> {
  const expected = inbound.reduce((sum, { instances }) => sum + instances.length, 0);
  let quietSince = Date.now();
  let head = -1;
  let grownAt = Date.now();
  for (;;) {
    const now = file.end().position;
    const behind = subscriptions.filter(
      ({ filter, seen }) => Object.keys(filter).length === 0 && (seen.at(-1)?.position ?? 0) < now,
    ).length;
    const missing = expected - file.received();
    const unfinished = {
      ...file.unfinished(),
      ...(behind > 0 ? { subscribersBehind: behind } : {}),
      ...(missing > 0 ? { inboundMissing: missing } : {}),
    };
    if (now !== head || Object.keys(unfinished).length > 0) quietSince = Date.now();
    if (now !== head) grownAt = Date.now();
    head = now;
    if (Date.now() - quietSince >= QUIET_MS) return {};
    if (Date.now() - grownAt > STUCK_MS) return unfinished;
    await sleep(LOOK_EVERY_MS);
  }
}
