import { GatewayError } from "../domain/errors.ts";
import type { Reader } from "../store/database.ts";
import type { Sql } from "../store/sql.ts";
import { listed, sql } from "../store/sql.ts";
import type { Names } from "./conditions.ts";
import { conditionsOf } from "./conditions.ts";
import type { MessagePage, MessageQuery } from "./messages.ts";
import { MESSAGE_COLUMNS, toStored } from "./rows.ts";
import { searchOf } from "./search.ts";

/** A page of an account's messages by WhatsApp's time, newest first; the uid breaks ties and is the cursor. */
export async function listMessages(read: Reader, query: MessageQuery): Promise<MessagePage> {
  const { instanceId, limit, from, text } = query;
  const chatIds = query.chatId ? await chatIdsOf(read, instanceId, query.chatId) : undefined;
  const senderIds = query.sender ? await senderIdsOf(read, instanceId, query.sender) : undefined;
  const names = { chatIds, senderIds };
  const uids = await read.$queryRaw<{ uid: string }[]>(
    text
      ? await foundIn(read, query, searchOf(text, { ...names, instanceId }), names)
      : await listedIn(read, query, names),
  );
  const page = uids.slice(0, limit).map(({ uid }) => uid);
  const rows = await read.message.findMany({
    select: MESSAGE_COLUMNS,
    where: { uid: { in: page } },
  });
  const byUid = new Map(rows.map((row) => [row.uid, row]));
  const ordered = from === "NEWEST" ? page : page.toReversed();
  // One that is deleted between the two is not there any more.
  const messages = ordered.flatMap((uid) => byUid.get(uid) ?? []).map(toStored);
  return { messages, more: uids.length > limit };
}

/**
 * Each name of a chat, or of a sender, is read from the end of its own part of an index: asked for all of them in
 * one go, SQLite would read the whole account in its order instead.
 */
async function listedIn(read: Reader, query: MessageQuery, names: Names): Promise<Sql> {
  const { instanceId, limit, from } = query;
  const older = await placeOf(read, instanceId, query.olderThan);
  const newer = await placeOf(read, instanceId, query.newerThan);
  const order = from === "NEWEST" ? sql`timestamp DESC, uid DESC` : sql`timestamp, uid`;
  const part = (only: Sql): Sql => sql`
    SELECT * FROM (
      SELECT m.uid, m.timestamp FROM "Message" AS m WHERE ${conditionsOf(query, names)} ${only}
        ${older ? sql`AND (m.timestamp, m.uid) < (${older.at}, ${older.uid})` : sql``}
        ${newer ? sql`AND (m.timestamp, m.uid) > (${newer.at}, ${newer.uid})` : sql``}
      ORDER BY ${order} LIMIT ${limit + 1})`;
  const { chatIds, senderIds } = names;
  const parts = chatIds
    ? chatIds.map((name) => part(sql`AND m."chatId" = ${name}`))
    : (senderIds ?? []).map((name) => part(sql`AND m."senderId" = ${name}`));
  const all = parts.length === 0 ? part(sql``) : listed(parts, " UNION ALL ");
  return sql`SELECT uid FROM (${all}) ORDER BY ${order} LIMIT ${limit + 1}`;
}

/**
 * The index holds messages in the order of time, so a page of a word that stands in every message is read no
 * further than a page of a rare one. `CROSS JOIN` keeps SQLite from beginning with the messages.
 */
async function foundIn(
  read: Reader,
  query: MessageQuery,
  search: string,
  names: Names,
): Promise<Sql> {
  const { instanceId, limit, from } = query;
  const older = await placeOf(read, instanceId, query.olderThan);
  const newer = await placeOf(read, instanceId, query.newerThan);
  const direction = from === "NEWEST" ? sql`DESC` : sql`ASC`;
  return sql`
    SELECT m.uid FROM "MessageSearch" AS s
    CROSS JOIN "MessageText" AS t ON t.id = s.rowid
    CROSS JOIN "Message" AS m ON m.uid = t."messageUid"
    WHERE "MessageSearch" MATCH ${search} AND ${conditionsOf(query, names)}
      ${older ? sql`AND s.rowid < ${older.below}` : sql``}
      ${newer ? sql`AND s.rowid > ${newer.above}` : sql``}
    ORDER BY s.rowid ${direction} LIMIT ${limit + 1}`;
}

/** A message is stored under the name by which its chat was known best: before the LID was known, the number. */
async function chatIdsOf(read: Reader, instanceId: string, chat: string): Promise<string[]> {
  const row = await read.chat.findFirst({
    where: { instanceId, OR: [{ id: chat }, { pn: chat }] },
    select: { id: true, pn: true },
    orderBy: { activeAt: "desc" },
  });
  return namesOf(chat, row);
}

async function senderIdsOf(read: Reader, instanceId: string, sender: string): Promise<string[]> {
  const row = await read.contact.findFirst({
    where: { instanceId, OR: [{ id: sender }, { pn: sender }] },
    select: { id: true, pn: true },
  });
  return namesOf(sender, row);
}

function namesOf(
  name: string,
  row: { readonly id: string; readonly pn: string | null } | null,
): string[] {
  return [...new Set([name, row?.id, row?.pn])].filter((each) => typeof each === "string");
}

interface Place {
  readonly uid: string;
  readonly at: bigint;
  /** Where it stands in the index of texts. If it does not, its whole second is read again: better twice than never. */
  readonly below: bigint;
  readonly above: bigint;
}

/** @throws GatewayError CURSOR_INVALID */
async function placeOf(
  read: Reader,
  instanceId: string,
  uid: string | null | undefined,
): Promise<Place | undefined> {
  if (!uid) return undefined;
  const [row] = await read.$queryRaw<Place[]>`
    SELECT m.uid, m.timestamp + 0 AS at, coalesce(t.id, m.timestamp / 1000 + 1 << 20) AS below,
      coalesce(t.id, m.timestamp / 1000 << 20) AS above
    FROM "Message" AS m LEFT JOIN "MessageText" AS t ON t."messageUid" = m.uid
    WHERE m.uid = ${uid} AND m."instanceId" = ${instanceId}`;
  if (row) return row;
  throw new GatewayError("CURSOR_INVALID", "This is not the cursor of a message of this instance.");
}
