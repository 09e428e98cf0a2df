import type { Chore } from "../../lib/housekeeper.ts";
import { steadyNow } from "../../lib/steady-clock.ts";
import type { Database } from "../../store/database.ts";

/** How long one can look at what became of a batch: 30 days, in milliseconds. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** Recipients in one transaction: some milliseconds between the writes of others. */
const PIECE = 1_000;

/** Removes batches that were done long ago; their messages stay. */
export function batchRetention({ read, writer }: Database, now: () => number = steadyNow): Chore {
  return {
    name: "old batches",
    async run(signal) {
      const where = {
        state: { in: ["DONE", "CANCELLED"] },
        doneAt: { lt: new Date(now() - KEPT_MS) },
      };
      for (const { id } of await read.batch.findMany({
        where,
        select: { id: true },
        take: PIECE,
      })) {
        let removed: number;
        do {
          removed = await writer.write(
            (tx) => tx.db.$executeRaw`
              DELETE FROM "BatchRecipient" WHERE rowid IN (
                SELECT rowid FROM "BatchRecipient" WHERE "batchId" = ${id} LIMIT ${PIECE})`,
          );
        } while (removed === PIECE && !signal.aborted);
        if (signal.aborted) return;
        await writer.write((tx) => tx.db.batch.deleteMany({ where: { id } }));
      }
    },
  };
}
