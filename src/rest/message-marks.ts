import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { DeleteMessageForMeDocument, StarMessageDocument } from "./generated/operations.ts";

/** Where two chats have a message of this id. */
const chatId = z.string().optional();

export const messageMarkAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/messages/:messageId/star",
    summary: "Put a star on a message, or with `starred: false` take it off",
    body: z.strictObject({ starred: z.boolean().optional(), chatId }).optional(),
    document: StarMessageDocument,
    variables: ({ params, body }) => ({
      input: { instanceId: params.id, messageId: params.messageId, ...body },
    }),
    answer: ({ starMessage }) =>
      settled(starMessage, ({ messageId, chat, starred }) => ({
        status: 200,
        body: { messageId, chat, starred },
      })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/messages/:messageId/deleteForMe",
    summary: "Delete a message from all devices of the account; others keep theirs",
    statuses: [204],
    body: z.strictObject({ chatId }).optional(),
    document: DeleteMessageForMeDocument,
    variables: ({ params, body }) => ({
      input: { instanceId: params.id, messageId: params.messageId, ...body },
    }),
    answer: ({ deleteMessageForMe }) => settled(deleteMessageForMe, () => ({ status: 204 })),
  }),
];
