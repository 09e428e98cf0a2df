import { setTimeout as sleep } from "node:timers/promises";
import { GatewayError } from "../domain/errors.ts";
import type { WebhookId } from "../domain/ids.ts";
import { newId } from "../lib/ids.ts";
import type { Reader } from "../store/database.ts";
import type { Sql } from "../store/sql.ts";
import { sql } from "../store/sql.ts";
import type { Tx, Writer } from "../store/writer.ts";
import { insertDeliveries } from "./matching.ts";
import { toReplay } from "./records.ts";
import type { Replay } from "./webhooks.ts";

/** So many positions of the log are looked at in one transaction: a few milliseconds between the writes of others. */
const PAGE = 500;

/** What one call may name; more is asked for by cursor or time. */
const MAX_IDS = 1_000;

/** Of one webhook, the one at work included: each is a scan of the log, and the next one says what the last one said. */
const MAX_OPEN = 5;

/** Sent again: as new, after the live ones, and ordered among themselves. */
const REQUEUED = sql`state = 'PENDING', replayed = 1, tries = 0, late = 0, "nextAt" = NULL,
  "holdsUntil" = NULL, "doneAt" = NULL`;

export interface ReplayParts {
  readonly writer: Writer;
  readonly now: () => number;
  /** Told, after each commit, which webhook has something to do, and that its replay has come further. */
  readonly moved: (id: WebhookId) => void;
  /** Told what kept a page from being written. */
  readonly failed: (error: unknown) => void;
  /** How long it is then left alone (milliseconds). */
  readonly pauseMs: number;
}

/** Re-queues single deliveries. Those that are pending anyway only lose their wait. */
export async function replayDeliveries(
  { writer, now, moved }: ReplayParts,
  webhookId: WebhookId,
  deliveryIds: readonly string[],
): Promise<Replay> {
  if (deliveryIds.length > MAX_IDS) {
    throw new GatewayError(
      "BAD_INPUT",
      `At most ${MAX_IDS} deliveries can be named. Replay by cursor or time instead.`,
    );
  }
  const row = await writer.write(async (tx) => {
    const ids = JSON.stringify(deliveryIds);
    const hurried = await hurry(
      tx,
      webhookId,
      sql`id IN (SELECT value FROM json_each(${ids})) AND position IS NOT NULL`,
    );
    const again = await tx.db.$executeRaw`
      UPDATE "Delivery" SET ${REQUEUED}, lane = CASE WHEN lane LIKE 'replay|%' THEN lane ELSE 'replay|' || lane END
      WHERE id IN (SELECT value FROM json_each(${ids})) AND "webhookId" = ${webhookId}
        AND state <> 'PENDING' AND position IS NOT NULL`;
    tx.afterCommit(() => moved(webhookId));
    const at = new Date(now());
    const place = { id: `rpl_${newId()}`, webhookId, after: 0, to: 0, total: deliveryIds.length };
    const requeued = hurried + again;
    return tx.db.replay.create({ data: { ...place, requeued, createdAt: at, doneAt: at } });
  });
  return toReplay(row);
}

/**
 * Notes that everything after one position and up to another is to be sent again.
 * @throws GatewayError BAD_INPUT when too many are not done yet
 */
export async function openReplay(
  { writer, now }: ReplayParts,
  webhookId: WebhookId,
  range: { readonly after: number; readonly to: number },
): Promise<Replay> {
  const { after, to } = range;
  const data = { id: `rpl_${newId()}`, webhookId, after, to, total: to - after };
  const createdAt = new Date(now());
  const row = await writer.write(async (tx) => {
    if ((await tx.db.replay.count({ where: { webhookId, doneAt: null } })) >= MAX_OPEN) {
      throw new GatewayError(
        "BAD_INPUT",
        `${MAX_OPEN} replays of this webhook are not done yet. Wait for one of them.`,
      );
    }
    return tx.db.replay.create({ data: { ...data, createdAt } });
  });
  return toReplay(row);
}

/**
 * Re-queues page by page, each in a transaction of its own with the progress beside it, so that a
 * crash neither repeats a page nor leaves one out. A page that cannot be written is tried again: the
 * events that it stands for are kept until then.
 */
export async function runReplay(
  parts: ReplayParts,
  job: Pick<Replay, "id" | "webhookId">,
  signal: AbortSignal,
): Promise<void> {
  let done = false;
  while (!done) {
    signal.throwIfAborted();
    try {
      done = await parts.writer.write((tx) => replayPage(tx, parts, job));
    } catch (error) {
      signal.throwIfAborted();
      parts.failed(error);
      await sleep(parts.pauseMs, undefined, { signal });
    }
  }
}

/** Returns whether that was the last page; so it was when the webhook is gone. */
async function replayPage(
  tx: Tx,
  { now, moved }: ReplayParts,
  { id, webhookId }: Pick<Replay, "id" | "webhookId">,
): Promise<boolean> {
  const row = await tx.db.replay.findUnique({ where: { id } });
  if (!row) return true;
  const from = row.after;
  const to = row.to - from > PAGE ? from + BigInt(PAGE) : row.to;
  const events = sql`
    SELECT position, id, "instanceId", type, "chatId",
      coalesce(data ->> '$.fromMe', data ->> '$.message.fromMe', 0) AS "fromMe" FROM "Event"
    WHERE position > ${from} AND position <= ${to}`;
  const which = sql`w.id = ${webhookId}`;
  const hurried = await hurry(tx, webhookId, sql`position > ${from} AND position <= ${to}`);
  const again = await tx.db.$executeRaw`
    ${insertDeliveries(events, { which, replayed: true, now: now() })}
    ON CONFLICT ("webhookId", position) DO UPDATE SET ${REQUEUED}, lane = excluded.lane
      WHERE "Delivery".state <> 'PENDING'`;
  const done = to >= row.to;
  const doneAt = done ? new Date(now()) : null;
  await tx.db.replay.update({
    where: { id },
    data: { after: to, requeued: row.requeued + hurried + again, doneAt },
  });
  tx.afterCommit(() => moved(webhookId));
  return done;
}

/** Pending ones that wait for their schedule are due now; their place and their tries stay as they are. */
function hurry(tx: Tx, webhookId: WebhookId, which: Sql): Promise<number> {
  return tx.db.$executeRaw`
    UPDATE "Delivery" SET "nextAt" = NULL
    WHERE "webhookId" = ${webhookId} AND ${which} AND state = 'PENDING' AND "nextAt" IS NOT NULL`;
}

/** The replays that an earlier process left unfinished. */
export async function readOpenReplays(read: Reader): Promise<readonly Replay[]> {
  const rows = await read.replay.findMany({ where: { doneAt: null }, orderBy: { id: "asc" } });
  return rows.map(toReplay);
}

/** The latest first. */
export async function readReplays(
  read: Reader,
  webhookId: WebhookId,
  limit: number,
): Promise<readonly Replay[]> {
  const rows = await read.replay.findMany({
    where: { webhookId },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map(toReplay);
}

export async function findReplay(read: Reader, id: string): Promise<Replay | undefined> {
  const row = await read.replay.findUnique({ where: { id } });
  return row ? toReplay(row) : undefined;
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
