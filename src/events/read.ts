import { setImmediate } from "node:timers/promises";
import type { EventType, LoggedEvent } from "../domain/event.ts";
import type { EventId, InstanceId } from "../domain/ids.ts";
import type { Reader } from "../store/database.ts";
import { sql } from "../store/sql.ts";
import type { Sql } from "../store/sql.ts";
import type { EventCodec } from "./codec.ts";
import type { CheckedFilter } from "./filter.ts";

export interface EventPage {
  /** Oldest first. */
  readonly events: readonly LoggedEvent[];
  /** All matching events up to (or, reading back, from) this position are in the page or in the ones before it. */
  readonly readTo: number;
}

/** One statement looks at this many positions at most, so that a rare type in a long log never holds the database for long. */
const WINDOW = 5_000;

interface EventRow {
  readonly position: bigint;
  readonly id: EventId;
  readonly instanceId: InstanceId;
  readonly type: EventType;
  readonly occurredAt: Date;
  readonly whileOffline: boolean;
  readonly data: string;
  readonly sealed: Uint8Array<ArrayBuffer> | null;
}

export async function readPage(
  read: Reader,
  query: {
    after: number;
    limit: number;
    filter: CheckedFilter;
    head: number;
    /** After so many windows it is enough, whatever was found. */
    windows?: number | undefined;
  },
  codec: EventCodec,
): Promise<EventPage> {
  const { limit, filter, head } = query;
  const events: LoggedEvent[] = [];
  let { after, windows = Number.POSITIVE_INFINITY } = query;
  while (after < head && events.length < limit && windows > 0) {
    windows -= 1;
    const to = Math.min(head, after + WINDOW);
    const left = limit - events.length;
    const rows = await read.$queryRaw<EventRow[]>`
      SELECT position, id, "instanceId", type, "occurredAt", "whileOffline", data, sealed FROM "Event"
      WHERE position > ${after} AND position <= ${to} ${where(filter)}
      ORDER BY position LIMIT ${left}`;
    events.push(...rows.map((row) => toLogged(row, codec)));
    after = rows.length === left ? Number(rows.at(-1)?.position) : to;
    if (after < head && events.length < limit) await setImmediate();
  }
  return { events, readTo: after };
}

export async function readPageBefore(
  read: Reader,
  query: { before: number; limit: number; filter: CheckedFilter; oldest: number },
  codec: EventCodec,
): Promise<EventPage> {
  const { limit, filter, oldest } = query;
  const events: LoggedEvent[] = [];
  let { before } = query;
  while (before > oldest && events.length < limit) {
    const from = Math.max(oldest, before - WINDOW);
    const left = limit - events.length;
    const rows = await read.$queryRaw<EventRow[]>`
      SELECT position, id, "instanceId", type, "occurredAt", "whileOffline", data, sealed FROM "Event"
      WHERE position < ${before} AND position >= ${from} ${where(filter)}
      ORDER BY position DESC LIMIT ${left}`;
    events.unshift(...rows.toReversed().map((row) => toLogged(row, codec)));
    before = rows.length === left ? Number(rows.at(-1)?.position) : from;
    if (before > oldest && events.length < limit) await setImmediate();
  }
  return { events, readTo: before };
}

function where({ types, instanceIds, chatIds }: CheckedFilter): Sql {
  return sql`
    ${types ? sql`AND ${isIn(sql`type`, types)}` : sql``}
    ${instanceIds ? sql`AND ${isIn(sql`"instanceId"`, instanceIds)}` : sql``}
    ${chatIds ? sql`AND (${isIn(sql`"chatId"`, chatIds)} OR ${isIn(sql`"chatPn"`, chatIds)})` : sql``}`;
}

function isIn(column: Sql, values: readonly string[]): Sql {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;
}

function toLogged(row: EventRow, codec: EventCodec): LoggedEvent {
  const { id, instanceId, occurredAt, whileOffline } = row;
  const event = codec.decode(id, row.type, row);
  return { id, position: Number(row.position), instanceId, event, occurredAt, whileOffline };
}
