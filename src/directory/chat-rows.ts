import type { Address } from "../domain/address.ts";
import { chatKindOf } from "../domain/chat.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { Tx } from "../store/writer.ts";
import type { ChatNews } from "./chat-news.ts";

/** What a group of events does to one chat. */
interface ChatChange {
  readonly instanceId: InstanceId;
  readonly chat: Address;
  readonly at: Date;
  readonly subject: string | null;
  /** Whether the account wrote there: what was unread before is not any more. */
  readonly isRead: boolean;
  /** What was received since. */
  readonly received: number;
}

/**
 * What these do to chats, each named once: one statement must not touch a row twice. Pure.
 * @param addressOf the name by which a chat is kept
 */
export function foldChats(
  news: readonly ChatNews[],
  addressOf: (instanceId: InstanceId, address: Address) => Address,
): readonly ChatChange[] {
  const changes = new Map<string, ChatChange>();
  for (const { instanceId, chat, at, effect, subject } of news) {
    const address = addressOf(instanceId, chat);
    const key = `${instanceId} ${address.id}`;
    const before = changes.get(key);
    const isWritten = effect === "WRITTEN";
    const received = isWritten ? 0 : (before?.received ?? 0);
    changes.set(key, {
      instanceId,
      chat: address,
      at: before && before.at > at ? before.at : at,
      subject: subject ?? before?.subject ?? null,
      isRead: isWritten || (before?.isRead ?? false),
      received: received + (effect === "RECEIVED" ? 1 : 0),
    });
  }
  return [...changes.values()];
}

/** One statement for any number of chats. What is unread adds up on what the row has by now. */
export async function writeChats(tx: Tx, changes: readonly ChatChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = JSON.stringify(
    changes.map(({ instanceId, chat: { id, pn, lid }, at, subject, isRead, received }) => {
      return [instanceId, id, pn, lid, chatKindOf(id), subject, at.getTime(), isRead, received];
    }),
  );
  await tx.db.$executeRaw`
    INSERT INTO "Chat" ("instanceId", id, pn, lid, kind, subject, "activeAt", "unreadCount")
    SELECT v.value->>0, v.value->>1, v.value->>2, v.value->>3, v.value->>4, v.value->>5, v.value->>6,
      v.value->>8 + iif(v.value->>7, 0, coalesce(c."unreadCount", 0))
    FROM json_each(${rows}) AS v LEFT JOIN "Chat" AS c
      ON c."instanceId" = v.value->>0 AND c.id = v.value->>1 WHERE true
    ON CONFLICT ("instanceId", id) DO UPDATE SET pn = coalesce(excluded.pn, pn), lid = coalesce(excluded.lid, lid),
      subject = coalesce(excluded.subject, subject), "activeAt" = max("activeAt", excluded."activeAt"),
      "unreadCount" = excluded."unreadCount"`;
}
