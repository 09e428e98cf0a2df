import type { Reader } from "../store/database.ts";

/**
 * The position of the oldest event that a delivery still waits for, or a replay that is going on. What waits for a
 * disabled webhook counts for nothing: nobody may ever enable it, and the log would grow until the disk is full.
 * Webhook by webhook along an index: there may be a million deliveries that wait for nothing.
 */
export async function firstNeeded(read: Pick<Reader, "$queryRaw">): Promise<number | undefined> {
  const [row] = await read.$queryRaw<{ position: bigint | null }[]>`
    SELECT min(first) AS position FROM (
      SELECT (SELECT min(d.position) FROM "Delivery" AS d
        WHERE d."webhookId" = w.id AND d.state = 'PENDING' AND d.replayed = r.value) AS first
      FROM "Webhook" AS w CROSS JOIN json_each('[0, 1]') AS r WHERE w.enabled
      UNION ALL SELECT min("after") + 1 FROM "Replay" WHERE "doneAt" IS NULL)`;
  const position = row?.position ?? null;
  return position === null ? undefined : Number(position);
}
