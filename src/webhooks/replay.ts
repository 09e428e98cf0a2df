import { GatewayError } from "../domain/errors.ts";
import type { WebhookId } from "../domain/ids.ts";
import { newId } from "../lib/ids.ts";
import type { Reader } from "../store/database.ts";
import { sql } from "../store/sql.ts";
import type { Tx, Writer } from "../store/writer.ts";
import { insertDeliveries } from "./matching.ts";

/** So many positions of the log are looked at in one transaction: a few milliseconds between the writes of others. */
const PAGE = 500;

/** What one call may name; more is asked for by cursor or time. */
const MAX_IDS = 1_000;

/** Sent again: as new, after the live ones, and ordered among themselves. */
const REQUEUED = sql`state = 'PENDING', replayed = 1, tries = 0, late = 0, "nextAt" = NULL,
  "holdsUntil" = NULL, "doneAt" = NULL`;

export interface ReplayParts {
  readonly writer: Writer;
  readonly now: () => number;
  readonly wake: (ids: Iterable<WebhookId>) => void;
}

/** Re-queues single deliveries. Those that are pending anyway are left alone. */
export async function replayDeliveries(
  { writer, wake }: ReplayParts,
  webhookId: WebhookId,
  deliveryIds: readonly string[],
): Promise<number> {
  if (deliveryIds.length > MAX_IDS) {
    throw new GatewayError(
      "BAD_INPUT",
      `At most ${MAX_IDS} deliveries can be named. Replay by cursor or time instead.`,
    );
  }
  return writer.write(async (tx) => {
    const ids = JSON.stringify(deliveryIds);
    const count = await tx.db.$executeRaw`
      UPDATE "Delivery" SET ${REQUEUED}, lane = CASE WHEN lane LIKE 'replay|%' THEN lane ELSE 'replay|' || lane END
      WHERE id IN (SELECT value FROM json_each(${ids})) AND "webhookId" = ${webhookId}
        AND state <> 'PENDING' AND position IS NOT NULL`;
    tx.afterCommit(() => wake([webhookId]));
    return count;
  });
}

/** A part of the log on its way to be sent again. */
export interface ReplayJob {
  readonly id: string;
  readonly webhookId: WebhookId;
}

/** Notes that everything after one position and up to another is to be sent again. */
export async function openReplay(
  { writer, now }: ReplayParts,
  webhookId: WebhookId,
  range: { readonly after: number; readonly to: number },
): Promise<ReplayJob> {
  const id = `rpl_${newId()}`;
  const { after, to } = range;
  const data = { id, webhookId, after, to, createdAt: new Date(now()) };
  await writer.write((tx) => tx.db.replay.create({ data }));
  return { id, webhookId };
}

/**
 * Re-queues page by page, each in a transaction of its own with the progress beside it, so that a
 * crash neither repeats a page nor leaves one out. Returns how many it was in all.
 */
export async function runReplay(
  parts: ReplayParts,
  job: ReplayJob,
  signal: AbortSignal,
): Promise<number> {
  for (;;) {
    signal.throwIfAborted();
    const progress = await parts.writer.write((tx) => replayPage(tx, parts, job));
    if (progress === undefined) return 0;
    if (progress.done) return progress.requeued;
  }
}

async function replayPage(
  tx: Tx,
  { now, wake }: ReplayParts,
  { id, webhookId }: ReplayJob,
): Promise<{ readonly done: boolean; readonly requeued: number } | undefined> {
  const row = await tx.db.replay.findUnique({ where: { id } });
  if (!row) return undefined;
  const from = row.after;
  const to = row.to - from > PAGE ? from + BigInt(PAGE) : row.to;
  const events = sql`
    SELECT position, id, "instanceId", type, "chatId" FROM "Event"
    WHERE position > ${from} AND position <= ${to}`;
  const which = sql`w.id = ${webhookId}`;
  const requeued = await tx.db.$executeRaw`
    ${insertDeliveries(events, { which, replayed: true, now: now() })}
    ON CONFLICT ("webhookId", position) DO UPDATE SET ${REQUEUED}, lane = excluded.lane
      WHERE "Delivery".state <> 'PENDING'`;
  const sum = row.requeued + requeued;
  const done = to >= row.to;
  const doneAt = done ? new Date(now()) : null;
  await tx.db.replay.update({ where: { id }, data: { after: to, requeued: sum, doneAt } });
  if (requeued > 0) tx.afterCommit(() => wake([webhookId]));
  return { done, requeued: sum };
}

/** The replays that an earlier process left unfinished. */
export async function readOpenReplays(read: Reader): Promise<readonly ReplayJob[]> {
  const rows = await read.replay.findMany({ where: { doneAt: null }, orderBy: { id: "asc" } });
  return rows.map((row) => ({ id: row.id, webhookId: row.webhookId as WebhookId }));
}

/** The last position that was logged before a time. */
export async function positionBefore(read: Reader, since: Date, head: number): Promise<number> {
  const first = await read.event.findFirst({
    where: { loggedAt: { gte: since } },
    orderBy: { loggedAt: "asc" },
    select: { position: true },
  });
  return first ? Number(first.position) - 1 : head;
}
