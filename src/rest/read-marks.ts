import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { MarkPlayedDocument, MarkReadDocument } from "./generated/operations.ts";

const messageIds = z.array(z.string());

export const readMarkAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/chats/:chatId/read",
    summary: "Mark messages of a chat as read: those named, or the newest that were received",
    body: z.strictObject({ messageIds: messageIds.optional() }).optional(),
    document: MarkReadDocument,
    variables: ({ params, body }) => ({
      input: { instanceId: params.id, chat: params.chatId, ...body },
    }),
    answer: ({ markRead }) =>
      settled(markRead, ({ chat, messageIds: ids }) => ({
        status: 200,
        body: { chat, messageIds: ids },
      })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/chats/:chatId/played",
    summary: "Mark voice notes of a chat as played",
    body: z.strictObject({ messageIds }),
    document: MarkPlayedDocument,
    variables: ({ params, body }) => ({
      input: { instanceId: params.id, chat: params.chatId, ...body },
    }),
    answer: ({ markPlayed }) =>
      settled(markPlayed, ({ chat, messageIds: ids }) => ({
        status: 200,
        body: { chat, messageIds: ids },
      })),
  }),
];
