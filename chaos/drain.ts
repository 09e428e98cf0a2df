import { setTimeout as sleep } from "node:timers/promises";
import type { History } from "./history.ts";
import type { LogFile } from "./log-file.ts";

/** The load is over by then; what is still to be done takes seconds (milliseconds). */
const LONGEST_MS = 60_000;

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
  const deadline = Date.now() + LONGEST_MS;
  let quietSince = Date.now();
  let head = -1;
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
    head = now;
    if (Date.now() - quietSince >= QUIET_MS) return {};
    if (Date.now() > deadline) return unfinished;
    await sleep(LOOK_EVERY_MS);
  }
}
