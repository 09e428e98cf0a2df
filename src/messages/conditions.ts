import type { Sql } from "../store/sql.ts";
import { listed, sql } from "../store/sql.ts";
import type { MessageQuery } from "./messages.ts";

/** The names under which messages of a chat, or of a sender, are kept. */
export interface Names {
  readonly chatIds: readonly string[] | undefined;
  readonly senderIds: readonly string[] | undefined;
}

/** What a message `m` has to be. */
export function conditionsOf(query: MessageQuery, { chatIds, senderIds }: Names): Sql {
  const { instanceId, statuses, kinds, since, until, hasMedia, isScheduled } = query;
  const { starred, labelId } = query;
  return sql`m."instanceId" = ${instanceId} AND m.change IS NULL
    ${isIn(sql`m."chatId"`, chatIds)} ${isIn(sql`m."senderId"`, senderIds)}
    ${isIn(sql`m.status`, statuses)} ${isIn(sql`m.kind`, kinds)}
    ${since ? sql`AND m.timestamp >= ${since.getTime()}` : sql``}
    ${until ? sql`AND m.timestamp < ${until.getTime()}` : sql``} ${withMedia(hasMedia)} ${waiting(isScheduled)}
    ${withStar(starred)} ${withLabel(instanceId, labelId)}`;
}

function waiting(isScheduled: boolean | null | undefined): Sql {
  if (isScheduled === null || isScheduled === undefined) return sql``;
  const waits = sql`m."scheduledAt" IS NOT NULL AND m.status = 'QUEUED'`;
  return isScheduled ? sql`AND ${waits}` : sql`AND (${waits}) IS NOT TRUE`;
}

/** A list and no query, behind which SQLite would see no index. */
function isIn(column: Sql, values: readonly string[] | null | undefined): Sql {
  if (!values) return sql``;
  return values.length === 0 ? sql`AND false` : sql`AND ${column} IN (${listed([...values])})`;
}

function withMedia(hasMedia: boolean | null | undefined): Sql {
  if (hasMedia === null || hasMedia === undefined) return sql``;
  return hasMedia ? sql`AND m.media IS NOT NULL` : sql`AND m.media IS NULL`;
}

function withStar(starred: boolean | null | undefined): Sql {
  if (starred === null || starred === undefined) return sql``;
  return starred ? sql`AND m."starredAt" IS NOT NULL` : sql`AND m."starredAt" IS NULL`;
}

function withLabel(instanceId: string, labelId: string | null | undefined): Sql {
  if (!labelId) return sql``;
  return sql`AND m.uid IN (SELECT "messageUid" FROM "MessageLabel"
    WHERE "instanceId" = ${instanceId} AND "labelId" = ${labelId})`;
}
