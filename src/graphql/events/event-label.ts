import { ChatType } from "../address.ts";
import { builder } from "../builder.ts";
import { LabelType } from "../labels/label.ts";
import type { Logged } from "./event.ts";
import { EVENT_TYPE_NAMES, EventInterface } from "./event.ts";

builder.objectRef<Logged<"label.update">>(EVENT_TYPE_NAMES["label.update"]).implement({
  interfaces: [EventInterface],
  description:
    "A label is new, or is called or coloured differently, or was deleted. WhatsApp Business only.",
  fields: (t) => ({
    label: t.field({
      type: LabelType,
      description: "The label as it is now, or as it was last.",
      resolve: ({ event }) => event.label,
    }),
    deleted: t.boolean({
      description: "Whether it is gone.",
      resolve: ({ event }) => event.deleted,
    }),
  }),
});

builder.objectRef<Logged<"label.assignment">>(EVENT_TYPE_NAMES["label.assignment"]).implement({
  interfaces: [EventInterface],
  description: "A label was put on a chat or a message, or taken off. WhatsApp Business only.",
  fields: (t) => ({
    labelId: t.id({
      description: "Which label.",
      resolve: ({ event }) => event.labelId,
    }),
    chat: t.field({
      type: ChatType,
      description: "Which chat, or where the message is.",
      resolve: ({ event }) => event.chat,
    }),
    labeledMessageId: t.id({
      nullable: true,
      description: "Which message. Null for the chat itself.",
      resolve: ({ event }) => event.messageId,
    }),
    assigned: t.boolean({
      description: "Whether it is on it now.",
      resolve: ({ event }) => event.assigned,
    }),
  }),
});
