import type { Writer } from "../store/writer.ts";

/** Rows in one transaction, each with its attempts: a few milliseconds between the writes of others. */
const PAGE = 500;

/** How long what belongs to no event is kept (milliseconds): tests, replays that are done, and the sums of an hour. */
const KEEP_MS = 7 * 24 * 3_600_000;

/**
 * Removes what has outlived its event. A delivery is kept as long as its event is, since without it
 * nothing is left to send or to send again; so the log's bounds are those of the deliveries.
 * @param oldest the first position that the log still keeps.
 */
export async function pruneDeliveries(
  writer: Writer,
  { oldest, now }: { readonly oldest: number; readonly now: number },
  signal: AbortSignal,
): Promise<void> {
  // CROSS JOIN: webhook by webhook along an index, where SQLite would rather read every delivery.
  const before = now - KEEP_MS;
  let removed: number;
  do {
    removed = await writer.write(
      ({ db }) => db.$executeRaw`
        DELETE FROM "Delivery" WHERE id IN (
          SELECT d.id FROM "Webhook" AS w CROSS JOIN "Delivery" AS d
          WHERE d."webhookId" = w.id AND d.position < ${oldest}
          UNION ALL
          SELECT d.id FROM "Webhook" AS w CROSS JOIN "Delivery" AS d
          WHERE d."webhookId" = w.id AND d.position IS NULL AND d."createdAt" < ${before}
          LIMIT ${PAGE})`,
    );
  } while (removed === PAGE && !signal.aborted);
  const doneAt = { lt: new Date(before) };
  await writer.write(({ db }) => db.replay.deleteMany({ where: { doneAt } }));
  const hour = { lt: new Date(before) };
  await writer.write(({ db }) => db.webhookHour.deleteMany({ where: { hour } }));
}
