import type { ObjectRef } from "@pothos/core";
import type { Chat } from "../../directory/chat.ts";
import { nameFields } from "../address.ts";
import { builder, type SchemaTypes } from "../builder.ts";

/** Tells nothing of what is written there: whoever may change a chat need not be allowed to read it. */
export const ChatSettingsType = builder.objectRef<Chat>("ChatSettings").implement({
  description: "How the account keeps a chat.",
});

export function settingFields(type: ObjectRef<SchemaTypes, Chat>): void {
  builder.objectFields(type, (t) => ({
    unreadCount: t.exposeInt("unreadCount", {
      description:
        "How many messages were received since the account last read or wrote there, on any device.",
    }),
    archived: t.exposeBoolean("archived", {
      description: "Whether the account has put it away, on all its devices.",
    }),
    pinnedAt: t.expose("pinnedAt", {
      type: "DateTime",
      nullable: true,
      description: "When the account pinned it to the top. Null when it is not pinned.",
    }),
    muted: t.exposeBoolean("muted", {
      description: "Whether the account's phone keeps silent about it now.",
    }),
    mutedUntil: t.expose("mutedUntil", {
      type: "DateTime",
      nullable: true,
      description: "Until when it is muted. Null for ever, and when it is not muted.",
    }),
    markedUnread: t.exposeBoolean("markedUnread", {
      description:
        "Whether the account has marked it as unread by hand; `unreadCount` counts apart from it.",
    }),
  }));
}

nameFields(ChatSettingsType);
settingFields(ChatSettingsType);
