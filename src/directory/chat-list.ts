import type { ChatKind } from "../domain/chat.ts";
import type { InstanceId, Jid } from "../domain/ids.ts";
import type { Reader } from "../store/database.ts";
import type { Sql } from "../store/sql.ts";
import { sql } from "../store/sql.ts";
import type { Chat, ChatQuery, Page } from "./chat.ts";
import { encodePlace, pageFrom, pageOf } from "./chat-page.ts";

interface ChatRow {
  readonly instanceId: InstanceId;
  readonly id: Jid;
  readonly pn: Jid | null;
  readonly lid: Jid | null;
  readonly kind: ChatKind;
  readonly name: string | null;
  readonly activeAt: Date;
  /** As the driver reads an integer. */
  readonly unreadCount: number | bigint;
  readonly archived: Flag;
  readonly pinnedAt: Date | null;
  readonly muted: Flag;
  readonly mutedUntil: Date | null;
  readonly markedUnread: Flag;
}

/** As the driver reads a truth value. */
type Flag = boolean | number | bigint;

const isOn = (flag: Flag): boolean => Boolean(flag);

/** A person's name is that of the contact, whom the chat shares its id with. */
const CHATS = sql`
  SELECT c."instanceId", c.id, c.pn, c.lid, c.kind, coalesce(c.subject, p."pushName") AS name,
    c."activeAt", c."unreadCount", c.archived, c."pinnedAt", c.muted, c."mutedUntil", c."markedUnread"
  FROM "Chat" AS c LEFT JOIN "Contact" AS p ON p."instanceId" = c."instanceId" AND p.id = c.id`;

const ORDER = { key: sql`c."activeAt"`, id: sql`c.id`, type: "number", descending: true } as const;

export async function listChats(read: Reader, query: ChatQuery): Promise<Page<Chat>> {
  const { instanceId, kinds, unread, archived, labelId } = query;
  const rows = await read.$queryRaw<ChatRow[]>`${CHATS}
    WHERE c."instanceId" = ${instanceId} ${ofKinds(kinds)} ${isUnread(unread)}
      ${isArchived(archived)} ${isLabeled(labelId)} ${pageOf(query, ORDER)}`;
  return pageFrom(rows, query, (row) => {
    return { ...toChat(row), cursor: encodePlace([row.activeAt.getTime(), row.id]) };
  });
}

export async function findChat(
  read: Reader,
  instanceId: string,
  id: string,
): Promise<Chat | undefined> {
  // A number may once have been another person's: whoever has it now was active last.
  const [row] = await read.$queryRaw<ChatRow[]>`${CHATS}
    WHERE c."instanceId" = ${instanceId} AND (c.id = ${id} OR c.pn = ${id})
    ORDER BY c.id = ${id} DESC, c."activeAt" DESC LIMIT 1`;
  return row && toChat(row);
}

function toChat(row: ChatRow): Chat {
  const isMuted = isOn(row.muted) && (row.mutedUntil === null || row.mutedUntil > new Date());
  return {
    ...row,
    unreadCount: Number(row.unreadCount),
    archived: isOn(row.archived),
    muted: isMuted,
    mutedUntil: isMuted ? row.mutedUntil : null,
    markedUnread: isOn(row.markedUnread),
  };
}

function ofKinds(kinds: ChatQuery["kinds"]): Sql {
  if (!kinds) return sql``;
  return sql`AND c.kind IN (SELECT value FROM json_each(${JSON.stringify(kinds)}))`;
}

function isLabeled(labelId: ChatQuery["labelId"]): Sql {
  if (!labelId) return sql``;
  return sql`AND EXISTS (SELECT 1 FROM "ChatLabel" AS l WHERE l."instanceId" = c."instanceId"
    AND l."labelId" = ${labelId} AND l."chatId" IN (c.id, c.pn))`;
}

function isArchived(archived: ChatQuery["archived"]): Sql {
  if (archived === null || archived === undefined) return sql``;
  return archived ? sql`AND c.archived` : sql`AND NOT c.archived`;
}

function isUnread(unread: ChatQuery["unread"]): Sql {
  if (unread === null || unread === undefined) return sql``;
  return unread ? sql`AND c."unreadCount" > 0` : sql`AND c."unreadCount" = 0`;
}
