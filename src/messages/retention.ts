import { setImmediate } from "node:timers/promises";
import type { Chore } from "../lib/housekeeper.ts";
import { idsSince } from "../lib/ids.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Database } from "../store/database.ts";

/** Messages in one transaction, with their receipts and reactions: some milliseconds between the writes of others. */
const BATCH = 500;

const DAY_MS = 24 * 60 * 60_000;

/**
 * Removes messages that are older than so many days, the oldest first; never one that is still to be sent. It is old
 * by the time at which it was stored, which its uid begins with, and by WhatsApp's: neither what waited long at
 * WhatsApp goes as soon as it comes, nor what was stored while the machine's clock was wrong.
 * @param now in milliseconds
 */
export function messageRetention(
  { writer }: Pick<Database, "writer">,
  days: number,
  now: () => number = steadyNow,
): Chore {
  return {
    name: "message retention",
    async run(signal) {
      const before = now() - days * DAY_MS;
      let removed: number;
      do {
        removed = await writer.write(
          (tx) => tx.db.$executeRaw`
            DELETE FROM "Message" WHERE uid IN (
              SELECT uid FROM "Message"
              WHERE uid < ${idsSince(before)} AND timestamp < ${before}
                AND (status IS NULL OR status NOT IN ('QUEUED', 'SENDING'))
              ORDER BY uid LIMIT ${BATCH})`,
        );
        await setImmediate();
      } while (removed === BATCH && !signal.aborted);
    },
  };
}
