import type { WebhookId } from "../domain/ids.ts";
import type { Reader } from "../store/database.ts";
import type { WebhookStatistics } from "./webhooks.ts";

export const HOUR_MS = 3_600_000;

/** What the sums look back on (milliseconds), beside the hour that has begun. */
const WINDOW_MS = 24 * HOUR_MS;

/** Counting stops here: some 5 ms along an index, and whoever sees the number knows enough. */
const COUNT_LIMIT = 100_000;

interface Row {
  readonly id: WebhookId;
  readonly live: bigint | number;
  readonly replayed: bigint | number;
  readonly oldest: bigint | number | null;
  readonly attempts: bigint | number | null;
  readonly delivered: bigint | number | null;
  readonly failed: bigint | number | null;
}

/**
 * How webhooks fare, at the same cost whatever was ever delivered: what ended is summed by the hour as
 * it ends, and what waits stands together in an index.
 */
export async function readStatistics(
  read: Reader,
  ids: readonly WebhookId[],
  now: number,
): Promise<ReadonlyMap<WebhookId, WebhookStatistics>> {
  const from = now - WINDOW_MS - (now % HOUR_MS);
  const rows = await read.$queryRaw<Row[]>`
    SELECT w.id,
      (SELECT count(*) FROM (SELECT 1 FROM "Delivery" AS d WHERE d."webhookId" = w.id
        AND d.state = 'PENDING' AND d.replayed = 0 LIMIT ${COUNT_LIMIT})) AS live,
      (SELECT count(*) FROM (SELECT 1 FROM "Delivery" AS d WHERE d."webhookId" = w.id
        AND d.state = 'PENDING' AND d.replayed = 1 LIMIT ${COUNT_LIMIT})) AS replayed,
      (SELECT d."createdAt" FROM "Delivery" AS d WHERE d."webhookId" = w.id
        AND d.state = 'PENDING' AND d.replayed = 0 AND d.position > 0
        ORDER BY d.position LIMIT 1) AS oldest,
      h.attempts, h.delivered, h.failed
    FROM "Webhook" AS w LEFT JOIN (
      SELECT "webhookId", sum(attempts) AS attempts, sum(delivered) AS delivered, sum(failed) AS failed
      FROM "WebhookHour" WHERE "webhookId" IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
        AND hour >= ${from} GROUP BY "webhookId") AS h ON h."webhookId" = w.id
    WHERE w.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  return new Map(rows.map((row) => [row.id, toStatistics(row, now)]));
}

function toStatistics(row: Row, now: number): WebhookStatistics {
  const pendingReplayed = Number(row.replayed);
  const delivered = Number(row.delivered ?? 0);
  const attempts = Number(row.attempts ?? 0);
  return {
    pending: Math.min(COUNT_LIMIT, Number(row.live) + pendingReplayed),
    pendingReplayed,
    delivered,
    failed: Number(row.failed ?? 0),
    successRate: attempts === 0 ? null : delivered / attempts,
    lagMs: row.oldest === null ? null : Math.max(0, now - Number(row.oldest)),
  };
}
