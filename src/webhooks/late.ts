import type { WebhookId } from "../domain/ids.ts";
import type { Database } from "../store/database.ts";
import { sql } from "../store/sql.ts";

/** Rows in one transaction: a few milliseconds between the writes of others. */
const PAGE = 500;

/**
 * Where the others of a chat have waited long enough for one that fails, they go ahead, and that one is marked. One
 * whose own try is due is left alone: it goes first anyway.
 * Returns the position of the first that was passed, or undefined if nobody was.
 */
export async function passLate(
  { read, writer }: Pick<Database, "read" | "writer">,
  webhookId: WebhookId,
  now: number,
): Promise<number | undefined> {
  // Named, since SQLite would rather go by what waits for its next try, and that may be everything.
  const late = sql`SELECT id FROM "Delivery" INDEXED BY "Delivery_webhookId_holdsUntil_idx" WHERE "webhookId" = ${webhookId}
    AND "holdsUntil" <= ${now} AND "nextAt" > ${now} AND state = 'PENDING' LIMIT ${PAGE}`;
  const passed: number[] = [];
  while ((await read.$queryRaw<unknown[]>`${late}`).length > 0) {
    const rows = await writer.write(
      (tx) => tx.db.$queryRaw<{ position: bigint }[]>`
        UPDATE "Delivery" SET late = 1, "holdsUntil" = NULL WHERE id IN (${late}) RETURNING position`,
    );
    for (const { position } of rows) passed.push(Number(position));
  }
  return passed.length > 0 ? Math.min(...passed) : undefined;
}
