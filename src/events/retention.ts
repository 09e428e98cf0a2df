import { setImmediate } from "node:timers/promises";
import type { Chore } from "../lib/housekeeper.ts";
import type { Database, Reader } from "../store/database.ts";
import type { EventLog } from "./event-log.ts";
import { steadyNow } from "../lib/steady-clock.ts";

export interface Keep {
  readonly days: number;
  readonly count: number;
}

/** Events in one transaction: a few milliseconds between the writes of others. */
const BATCH = 1_000;

const DAY_MS = 24 * 60 * 60_000;

/**
 * Removes events that are older than the days or beyond the count that are kept, oldest first.
 * @param firstNeeded the position of the oldest event that a delivery still waits for: nothing from there on is removed
 */
export function retentionOf(
  { read, writer }: Database,
  log: Pick<EventLog, "extent" | "trim">,
  keep: Keep,
  firstNeeded: (db: Pick<Reader, "$queryRaw">) => Promise<number | undefined>,
): Chore {
  /** Asked again in the transaction: a replay may have begun to need what was free a moment ago. */
  const removeBefore = (wanted: number) =>
    writer.write(async (tx) => {
      const position = Math.min(wanted, (await firstNeeded(tx.db)) ?? wanted);
      // First the readers are told: one that still reads there must not take a gap for silence.
      log.trim(position);
      await tx.db.$executeRaw`DELETE FROM "Event" WHERE position < ${position}`;
      await tx.db
        .$executeRaw`UPDATE "LogHead" SET oldest = ${position} WHERE id = 1 AND oldest < ${position}`;
      return position === wanted;
    });
  return {
    name: "event retention",
    async run(signal) {
      const { head } = log.extent;
      const byAge = (await firstSince(read, steadyNow() - keep.days * DAY_MS)) ?? head + 1;
      const byCount = head - keep.count + 1;
      const needed = (await firstNeeded(read)) ?? Number.POSITIVE_INFINITY;
      const target = Math.min(Math.max(byAge, byCount), needed);
      while (log.extent.oldest < target && !signal.aborted) {
        const next = Math.min(target, log.extent.oldest + BATCH);
        if (!(await removeBefore(next))) return;
        await setImmediate();
      }
    },
  };
}

/**
 * The position of the first event that was logged since then. Not the one behind the last older one:
 * a machine that starts with a wrong clock stamps events with a day long past, and all before
 * them would be taken for as old. Read in the log's order, which ends at once where all is fresh; the
 * `+` keeps SQLite from sorting a million rows of the other index.
 */
async function firstSince(read: Reader, time: number): Promise<number | undefined> {
  const [row] = await read.$queryRaw<{ position: bigint }[]>`
    SELECT position FROM "Event" WHERE +"loggedAt" >= ${time} ORDER BY position LIMIT 1`;
  return row && Number(row.position);
}
