import type { Address } from "../domain/address.ts";
import { chatKindOf } from "../domain/chat.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { Sender } from "../domain/message.ts";
import type { Tx } from "../store/writer.ts";
import type { ContactBook } from "./contact-book.ts";

/** A chat as a phone tells of it. */
export interface OldChat {
  readonly chat: Address;
  readonly subject: string | null;
  readonly activeAt: Date | null;
  readonly unreadCount: number;
}

/**
 * Stores chats and people that no event tells of. What is known already is newer, and stays.
 * @returns how many of them were not here before
 */
export async function insertOldChats(
  tx: Tx,
  book: ContactBook,
  instanceId: InstanceId,
  chats: readonly OldChat[],
  people: readonly Sender[],
): Promise<{ readonly chats: number; readonly contacts: number }> {
  const partners = chats.flatMap(({ chat }) =>
    chatKindOf(chat.id) === "DIRECT" ? [{ ...chat, name: null }] : [],
  );
  const sightings = [...partners, ...people].map(({ id, pn, lid, name }) => {
    return { instanceId, person: { id, pn, lid }, name, isOld: true };
  });
  const { addressOf, added } = await book.settle(tx, sightings);
  const rows = chats.map(({ chat, ...rest }) => ({
    ...rest,
    chat: addressOf(instanceId, chat),
  }));
  return { chats: await insertChats(tx, instanceId, rows), contacts: added };
}

async function insertChats(
  tx: Tx,
  instanceId: InstanceId,
  chats: readonly OldChat[],
): Promise<number> {
  const byId = new Map(chats.map((each) => [each.chat.id as string, each]));
  if (byId.size === 0) return 0;
  const before = await tx.db.chat.count({ where: { instanceId, id: { in: [...byId.keys()] } } });
  const rows = JSON.stringify(
    [...byId.values()].map(({ chat: { id, pn, lid }, subject, activeAt, unreadCount }) => [
      instanceId,
      id,
      pn,
      lid,
      chatKindOf(id),
      subject,
      activeAt?.getTime() ?? 0,
      unreadCount,
    ]),
  );
  await tx.db.$executeRaw`
    INSERT INTO "Chat" ("instanceId", id, pn, lid, kind, subject, "activeAt", "unreadCount")
    SELECT v.value->>0, v.value->>1, v.value->>2, v.value->>3, v.value->>4, v.value->>5, v.value->>6, v.value->>7
    FROM json_each(${rows}) AS v WHERE true
    ON CONFLICT ("instanceId", id) DO UPDATE SET pn = coalesce(pn, excluded.pn), lid = coalesce(lid, excluded.lid),
      subject = coalesce(subject, excluded.subject), "activeAt" = max("activeAt", excluded."activeAt")`;
  return byId.size - before;
}
