import type { Chore } from "../lib/housekeeper.ts";
import type { Database } from "../store/database.ts";
import { KEY_KEPT_MS } from "./idempotency.ts";
import { steadyNow } from "../lib/steady-clock.ts";

const BATCH = 1_000;

/** Removes idempotency keys that are forgotten by now. */
export function idempotencyChore({ writer }: Database): Chore {
  return {
    name: "old idempotency keys",
    async run(signal) {
      const before = steadyNow() - KEY_KEPT_MS;
      let removed: number;
      do {
        removed = await writer.write(
          (tx) => tx.db.$executeRaw`
            DELETE FROM "IdempotencyKey" WHERE rowid IN (
              SELECT rowid FROM "IdempotencyKey" WHERE "createdAt" < ${before} LIMIT ${BATCH})`,
        );
      } while (removed === BATCH && !signal.aborted);
    },
  };
}
