import type { EventType, LoggedEvent } from "../domain/event.ts";
import type { DeliveryId, EventId, InstanceId, WebhookId } from "../domain/ids.ts";
import type { EventCodec } from "../events/codec.ts";
import type { Reader } from "../store/database.ts";
import type { Sql } from "../store/sql.ts";
import { sql } from "../store/sql.ts";
import type { Tx } from "../store/writer.ts";
import type { Ordering } from "./webhooks.ts";

/** A delivery whose turn has come, with what is to be sent. */
export interface DueDelivery {
  readonly id: DeliveryId;
  readonly eventId: EventId;
  /** Of its event; 0 for a test. */
  readonly position: number;
  /** What is delivered one after the other, where order counts. */
  readonly lane: string;
  readonly replayed: boolean;
  /** Tries so far. */
  readonly tries: number;
  /** When the schedule has its next try; later than now in a probe of a dead endpoint. Null for the first try. */
  readonly nextAt: Date | null;
  /** Until then the others of its lane wait for it; null before its first failure. */
  readonly holdsUntil: Date | null;
  /** Others of its lane went ahead: it goes by itself. */
  readonly late: boolean;
  /** Null when retention has removed it. */
  readonly event: LoggedEvent | null;
  /** The ready payload of a test, which has no event. */
  readonly payload: string | null;
}

export interface DueQuery {
  readonly webhookId: WebhookId;
  readonly ordering: Ordering;
  readonly now: number;
  readonly limit: number;
  /** Of what is to be tried at once, only live events after this position of the log; 0 for everything. */
  readonly after: number;
  /** Whether retries are read before their time as well: a dead endpoint is probed with what is next in its lane. */
  readonly early: boolean;
  /** What is in hand already: these deliveries and, where order counts, everything of their lanes. */
  readonly except: readonly { readonly id: DeliveryId; readonly lane: string }[];
}

/** A part of what is due. */
export interface DuePage {
  /** Live ones before replayed ones, each in the order of the log; what is read before its time last. */
  readonly deliveries: readonly DueDelivery[];
  /** There may be more, of those that are to be tried at once (`fresh`) and in all (`any`). */
  readonly more: { readonly fresh: boolean; readonly any: boolean };
}

interface DueRow {
  readonly id: DeliveryId;
  readonly eventId: EventId;
  readonly position: bigint;
  readonly lane: string;
  readonly replayed: boolean;
  readonly tries: number;
  readonly nextAt: Date | null;
  readonly holdsUntil: Date | null;
  readonly late: boolean;
  readonly instanceId: InstanceId | null;
  readonly type: EventType;
  readonly occurredAt: Date;
  readonly whileOffline: boolean;
  readonly data: string;
  readonly sealed: Uint8Array<ArrayBuffer> | null;
}

/**
 * The next deliveries of a webhook that may be tried now. Those that wait for their schedule stand apart from the
 * others in an index: a hundred thousand of them are not looked at before their time.
 */
export async function readDue(read: Reader, codec: EventCodec, query: DueQuery): Promise<DuePage> {
  const { limit, now } = query;
  const [fresh, retries] = await Promise.all([
    readRows(read, query, {
      which: sql`d."nextAt" IS NULL ${query.after > 0 ? arrivedAfter(query.after) : sql``}`,
      order: sql`d.replayed, d.position`,
    }),
    readRows(read, query, {
      which: query.early ? sql`d."nextAt" IS NOT NULL` : sql`d."nextAt" <= ${now}`,
      order: sql`d."nextAt"`,
    }),
  ]);
  const rows = [...fresh, ...retries].toSorted((a, b) => inOrder(a, b, now));
  const more = {
    fresh: fresh.length === limit,
    any: [fresh, retries].some((each) => each.length === limit),
  };
  return { deliveries: rows.map((row) => toDue(row, codec)), more };
}

function readRows(
  read: Reader,
  query: DueQuery,
  { which, order }: { readonly which: Sql; readonly order: Sql },
): Promise<DueRow[]> {
  const { webhookId, limit, except } = query;
  return read.$queryRaw<DueRow[]>`
    SELECT d.id, d."eventId", d.position, d.lane, d.replayed, d.tries, d."nextAt", d."holdsUntil", d.late,
      e."instanceId", e.type, e."occurredAt", e."whileOffline", e.data, e.sealed
    FROM "Delivery" AS d INDEXED BY "Delivery_webhookId_state_nextAt_replayed_position_idx"
    LEFT JOIN "Event" AS e ON e.position = d.position
    WHERE d."webhookId" = ${webhookId} AND d.state = 'PENDING' AND d.payload IS NULL AND ${which}
      AND d.id NOT IN (SELECT value FROM json_each(${JSON.stringify(except.map(({ id }) => id))}))
      ${query.ordering === "PER_CHAT" ? inTurn(query) : sql``}
    ORDER BY ${order} LIMIT ${limit}`;
}

function inOrder(a: DueRow, b: DueRow, now: number): number {
  const early = ({ nextAt }: DueRow) => Number(nextAt !== null && nextAt.getTime() > now);
  return (
    early(a) - early(b) ||
    Number(a.replayed) - Number(b.replayed) ||
    Number(a.position - b.position)
  );
}

/** What has been logged since. Replays are put in anywhere, and are looked for from the beginning. */
function arrivedAfter(position: number): Sql {
  return sql`AND d.replayed = FALSE AND d.position > ${position}`;
}

/** One that has failed, and holds its lane or is late, goes on by itself; any other waits until its lane is free. */
function inTurn({ webhookId, except }: DueQuery): Sql {
  const lanes = JSON.stringify([...new Set(except.map(({ lane }) => lane))]);
  return sql`
    AND (d.late = TRUE OR (
      d.lane NOT IN (SELECT value FROM json_each(${lanes}))
      AND (d."holdsUntil" IS NOT NULL OR d.lane NOT IN (
        SELECT h.lane FROM "Delivery" AS h
        WHERE h."webhookId" = ${webhookId} AND h."holdsUntil" IS NOT NULL))))`;
}

/** The position of the last event that is delivered to a webhook; 0 if there is none. */
export async function lastPosition(read: Reader, webhookId: WebhookId): Promise<number> {
  const [row] = await read.$queryRaw<{ last: bigint | number | null }[]>`
    SELECT max(position) AS last FROM "Delivery" WHERE "webhookId" = ${webhookId}`;
  return Number(row?.last ?? 0);
}

/** When something changes by the clock alone: a try is due, or a lane has waited long enough. */
export async function nextDueAt(
  read: Reader,
  webhookId: WebhookId,
  since: number,
): Promise<number | undefined> {
  const [row] = await read.$queryRaw<{ at: bigint | number | null }[]>`
    SELECT min(at) AS at FROM (
      SELECT min("nextAt") AS at FROM "Delivery"
      WHERE "webhookId" = ${webhookId} AND state = 'PENDING' AND "nextAt" > ${since}
      UNION ALL
      SELECT min("holdsUntil") FROM "Delivery"
      WHERE "webhookId" = ${webhookId} AND "holdsUntil" > ${since})`;
  return row?.at === null || row?.at === undefined ? undefined : Number(row.at);
}

/** Everything of a webhook that waits for its next try is due now. */
export async function callBackRetries(tx: Tx, webhookId: string): Promise<void> {
  await tx.db.$executeRaw`
    UPDATE "Delivery" SET "nextAt" = NULL
    WHERE "webhookId" = ${webhookId} AND state = 'PENDING' AND "nextAt" IS NOT NULL`;
}

/** The enabled webhooks that have something left to deliver. */
export async function readBusyWebhooks(read: Reader): Promise<readonly WebhookId[]> {
  const rows = await read.$queryRaw<{ id: WebhookId }[]>`
    SELECT w.id FROM "Webhook" AS w WHERE w.enabled AND EXISTS (
      SELECT 1 FROM "Delivery" AS d WHERE d."webhookId" = w.id AND d.state = 'PENDING')`;
  return rows.map((row) => row.id);
}

function toDue(row: DueRow, codec: EventCodec): DueDelivery {
  const { id, eventId, lane, replayed, tries, nextAt, holdsUntil, late } = row;
  return {
    id,
    eventId,
    position: Number(row.position),
    lane,
    replayed,
    tries,
    nextAt,
    holdsUntil,
    late,
    event: eventOf(row, codec),
    payload: null,
  };
}

function eventOf(row: DueRow, codec: EventCodec): LoggedEvent | null {
  const { eventId, position, instanceId, type, occurredAt, whileOffline } = row;
  if (instanceId === null) return null;
  const event = codec.decode(eventId, type, row);
  return { id: eventId, position: Number(position), instanceId, event, occurredAt, whileOffline };
}
