import { GatewayError } from "../domain/errors.ts";
import type { Reader } from "../store/database.ts";
import type { MessagePage, MessageQuery } from "./messages.ts";
import { MESSAGE_COLUMNS, toStored } from "./rows.ts";

/** A page of an account's messages by WhatsApp's time, newest first; the uid breaks ties and is the cursor. */
export async function listMessages(read: Reader, query: MessageQuery): Promise<MessagePage> {
  const { instanceId, chatId, statuses, limit, from } = query;
  const older = await placeOf(read, instanceId, query.olderThan);
  const newer = await placeOf(read, instanceId, query.newerThan);
  const chats = chatId ? await chatIdsOf(read, instanceId, chatId) : undefined;
  const direction = from === "NEWEST" ? "desc" : "asc";
  const rows = await read.message.findMany({
    select: MESSAGE_COLUMNS,
    where: {
      instanceId,
      change: null,
      AND: [
        ...(chats ? [{ chatId: { in: chats } }] : []),
        ...(statuses ? [{ status: { in: [...statuses] } }] : []),
        ...(older
          ? [
              {
                OR: [
                  { timestamp: { lt: older.timestamp } },
                  { timestamp: older.timestamp, uid: { lt: older.uid } },
                ],
              },
            ]
          : []),
        ...(newer
          ? [
              {
                OR: [
                  { timestamp: { gt: newer.timestamp } },
                  { timestamp: newer.timestamp, uid: { gt: newer.uid } },
                ],
              },
            ]
          : []),
      ],
    },
    orderBy: [{ timestamp: direction }, { uid: direction }],
    take: limit + 1,
  });
  const page = rows.slice(0, limit).map(toStored);
  return { messages: from === "NEWEST" ? page : page.toReversed(), more: rows.length > limit };
}

/** A message is stored under the name by which its chat was known best: before the LID was known, the number. */
async function chatIdsOf(read: Reader, instanceId: string, chat: string): Promise<string[]> {
  const row = await read.chat.findFirst({
    where: { instanceId, OR: [{ id: chat }, { pn: chat }] },
    select: { id: true, pn: true },
    orderBy: { activeAt: "desc" },
  });
  return [...new Set([chat, row?.id, row?.pn])].filter((name) => typeof name === "string");
}

/** @throws GatewayError CURSOR_INVALID */
async function placeOf(read: Reader, instanceId: string, uid: string | null | undefined) {
  if (!uid) return undefined;
  const row = await read.message.findFirst({
    where: { uid, instanceId },
    select: { uid: true, timestamp: true },
  });
  if (row) return row;
  throw new GatewayError("CURSOR_INVALID", "This is not the cursor of a message of this instance.");
}
