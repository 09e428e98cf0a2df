import type { GatewayEvent } from "./event.ts";

type ChatUpdate = Extract<GatewayEvent, { readonly type: "chat.update" }>;

/** What of a chat has changed, as callers are told: null for what has not. */
export function chatChangeOf({ unreadCount, settings, emptied }: ChatUpdate) {
  const { isArchived = null, pinnedAt, isMuted = null, mutedUntil = null } = settings ?? {};
  return {
    unreadCount,
    archived: isArchived,
    pinned: pinnedAt === undefined ? null : pinnedAt !== null,
    muted: isMuted,
    mutedUntil,
    markedUnread: settings?.isMarkedUnread ?? null,
    cleared: emptied !== undefined,
    deleted: emptied === "DELETED",
  };
}
