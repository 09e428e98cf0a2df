import { ChatType, SenderType } from "../address.ts";
import { chatChangeOf } from "../../domain/chat-change.ts";
import { builder } from "../builder.ts";
import type { Logged } from "./event.ts";
import { EVENT_TYPE_NAMES, EventInterface } from "./event.ts";

builder.objectRef<Logged<"chat.update">>(EVENT_TYPE_NAMES["chat.update"]).implement({
  interfaces: [EventInterface],
  description:
    "Something about a chat has changed that no message tells: it was read, archived, pinned, muted, marked, emptied or deleted, here, on the phone or another device.",
  fields: (t) => ({
    chat: t.field({
      type: ChatType,
      description: "Which chat.",
      resolve: ({ event }) => event.chat,
    }),
    unreadCount: t.int({
      nullable: true,
      description: "How many messages in it are unread now. Null if that has not changed.",
      resolve: ({ event }) => event.unreadCount,
    }),
    archived: t.boolean({
      nullable: true,
      description: "Whether it is archived now. Null if that has not changed.",
      resolve: ({ event }) => chatChangeOf(event).archived,
    }),
    pinned: t.boolean({
      nullable: true,
      description: "Whether it is pinned now. Null if that has not changed.",
      resolve: ({ event }) => chatChangeOf(event).pinned,
    }),
    muted: t.boolean({
      nullable: true,
      description: "Whether it is muted now. Null if that has not changed.",
      resolve: ({ event }) => chatChangeOf(event).muted,
    }),
    mutedUntil: t.field({
      type: "DateTime",
      nullable: true,
      description: "Until when, where it was muted. Null for ever.",
      resolve: ({ event }) => chatChangeOf(event).mutedUntil,
    }),
    markedUnread: t.boolean({
      nullable: true,
      description: "Whether it is marked as unread by hand now. Null if that has not changed.",
      resolve: ({ event }) => chatChangeOf(event).markedUnread,
    }),
    cleared: t.boolean({
      description:
        "Whether its messages were removed from the account, up to those that came since.",
      resolve: ({ event }) => chatChangeOf(event).cleared,
    }),
    deleted: t.boolean({
      description: "Whether the chat itself was removed from the account.",
      resolve: ({ event }) => chatChangeOf(event).deleted,
    }),
  }),
});

builder.objectRef<Logged<"contact.update">>(EVENT_TYPE_NAMES["contact.update"]).implement({
  interfaces: [EventInterface],
  description:
    "Somebody has chosen another name for themselves. Told at most once a minute for each person.",
  fields: (t) => ({
    contact: t.field({
      type: SenderType,
      description: "Who, with the new name.",
      resolve: ({ event }) => event.contact,
    }),
    previousName: t.string({
      description: "What they called themselves before.",
      resolve: ({ event }) => event.previousName,
    }),
  }),
});
