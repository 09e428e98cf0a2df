import type { AppStateChange, ChatSettings } from "../../domain/app-state.ts";
import { chatKindOf } from "../../domain/chat.ts";
import type { GatewayEvent } from "../../domain/event.ts";
import type { InstanceId } from "../../domain/ids.ts";
import type { Tx } from "../../store/writer.ts";
import { addressOfRow, type ChatRow, knownChat } from "./known-chat.ts";

type Change = Extract<AppStateChange, { readonly kind: "CHAT" }>;

/** What a chat is before anybody has set anything. */
const USUAL = {
  archived: false,
  pinnedAt: null,
  muted: false,
  mutedUntil: null,
  markedUnread: false,
  unreadCount: 0,
} as const;

type Columns = Pick<ChatRow, keyof typeof USUAL>;

export async function applySettings(
  tx: Tx,
  instanceId: InstanceId,
  { chat, settings, at }: Change,
): Promise<GatewayEvent | undefined> {
  const row = await knownChat(tx, instanceId, chat);
  const before: Columns = row ?? USUAL;
  // What was received since is not read by it.
  const unreadCount =
    settings.isMarkedUnread === false && row && row.activeAt <= at ? 0 : before.unreadCount;
  const after: Columns = { ...columnsOf(before, settings), unreadCount };
  const isSame = Object.keys(USUAL).every((name) => {
    const key = name as keyof Columns;
    return before[key]?.valueOf() === after[key]?.valueOf();
  });
  if (isSame) return undefined;
  if (row) {
    await tx.db.chat.update({ where: { instanceId_id: { instanceId, id: row.id } }, data: after });
  } else {
    const kind = chatKindOf(chat.id);
    await tx.db.chat.create({ data: { instanceId, ...chat, kind, activeAt: at, ...after } });
  }
  const address = row ? addressOfRow(row) : chat;
  const count = unreadCount === before.unreadCount ? null : unreadCount;
  return { type: "chat.update", chat: address, unreadCount: count, settings };
}

function columnsOf(before: Columns, settings: ChatSettings): Columns {
  const { isArchived, pinnedAt, isMuted, mutedUntil, isMarkedUnread } = settings;
  return {
    ...before,
    archived: isArchived ?? before.archived,
    // When it was pinned first, as long as it is.
    pinnedAt: pinnedAt === undefined ? before.pinnedAt : pinnedAt && (before.pinnedAt ?? pinnedAt),
    muted: isMuted ?? before.muted,
    mutedUntil: mutedUntil === undefined ? before.mutedUntil : mutedUntil,
    markedUnread: isMarkedUnread ?? before.markedUnread,
  };
}
