import type { Chore } from "../lib/housekeeper.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Database } from "../store/database.ts";

/** WhatsApp keeps what was not confirmed for 14 days (milliseconds here): for that long a message may come again. */
const KEEP_MS = 14 * 24 * 60 * 60_000;

const BATCH = 1_000;

/** Removes inbox rows that no redelivery can ask for any more. */
export function inboxChore({ writer }: Database): Chore {
  return {
    name: "done inbox rows",
    async run(signal) {
      const before = steadyNow() - KEEP_MS;
      let removed: number;
      do {
        removed = await writer.write(
          (tx) => tx.db.$executeRaw`
            DELETE FROM "InboxRow" WHERE rowid IN (
              SELECT rowid FROM "InboxRow" WHERE "doneAt" < ${before} LIMIT ${BATCH})`,
        );
      } while (removed === BATCH && !signal.aborted);
    },
  };
}
