import { ChatType, SenderType } from "../address.ts";
import { builder } from "../builder.ts";
import type { Logged } from "./event.ts";
import { EVENT_TYPE_NAMES, EventInterface } from "./event.ts";

builder.objectRef<Logged<"chat.update">>(EVENT_TYPE_NAMES["chat.update"]).implement({
  interfaces: [EventInterface],
  description:
    "Something about a chat has changed that no message tells: it was read on the phone or another device.",
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
