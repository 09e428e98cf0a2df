import type { ObjectRef } from "@pothos/core";
import type { SchemaTypes } from "../builder.ts";
import { builder } from "../builder.ts";
import type { Logged } from "./event.ts";

/** Events that are about a message that is there already. */
type AboutMessage = Logged<
  | "message.status"
  | "message.deleted"
  | "message.starred"
  | "message.reaction"
  | "message.pinned"
  | "message.kept"
  | "poll.vote"
  | "event.response"
>;

/** Each of them names the message in the same way. */
export function aboutMessage(type: ObjectRef<SchemaTypes, AboutMessage>): void {
  builder.objectFields(type, (t) => ({
    messageId: t.id({
      description: "WhatsApp's id of the message.",
      resolve: ({ event }) => event.messageId,
    }),
    chatId: t.id({
      description: "The chat it was written in.",
      resolve: ({ event }) => event.chat.id,
    }),
  }));
}
