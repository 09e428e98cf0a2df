import { SenderType } from "./address.ts";
import { builder } from "./builder.ts";
import type { Logged } from "./event.ts";
import { EVENT_TYPE_NAMES, EventInterface } from "./event.ts";
import { MessageInterface } from "./message.ts";

builder.objectRef<Logged<"message.edited">>(EVENT_TYPE_NAMES["message.edited"]).implement({
  interfaces: [EventInterface],
  description: "Somebody has changed the text of a message of theirs.",
  fields: (t) => ({
    message: t.field({
      type: MessageInterface,
      description:
        "The message as it reads now, under the id that it has always had; its time is that of the edit. Of one with an attachment only the text is sent anew.",
      resolve: ({ event }) => event.message,
    }),
  }),
});

builder.objectRef<Logged<"message.deleted">>(EVENT_TYPE_NAMES["message.deleted"]).implement({
  interfaces: [EventInterface],
  description: "A message was deleted for everyone.",
  fields: (t) => ({
    messageId: t.id({
      description: "WhatsApp's id of the message.",
      resolve: ({ event }) => event.messageId,
    }),
    chatId: t.id({
      description: "The chat it was written in.",
      resolve: ({ event }) => event.chat.id,
    }),
    deletedBy: t.field({
      type: SenderType,
      description: "Who did it: its author, or in groups an admin.",
      resolve: ({ event }) => event.deletedBy,
    }),
    fromMe: t.boolean({
      description: "Whether the account itself did it.",
      resolve: ({ event }) => event.fromMe,
    }),
  }),
});

builder.objectRef<Logged<"message.reaction">>(EVENT_TYPE_NAMES["message.reaction"]).implement({
  interfaces: [EventInterface],
  description: "Somebody has put an emoji on a message, or taken theirs back.",
  fields: (t) => ({
    messageId: t.id({
      description: "WhatsApp's id of the message.",
      resolve: ({ event }) => event.messageId,
    }),
    chatId: t.id({
      description: "The chat it was written in.",
      resolve: ({ event }) => event.chat.id,
    }),
    sender: t.field({
      type: SenderType,
      description: "Who did it.",
      resolve: ({ event }) => event.sender,
    }),
    fromMe: t.boolean({
      description: "Whether the account itself did it.",
      resolve: ({ event }) => event.fromMe,
    }),
    emoji: t.string({
      nullable: true,
      description: "The emoji. Null if it was taken back.",
      resolve: ({ event }) => event.emoji,
    }),
  }),
});
