import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import {
  ClearChatDocument,
  DeleteChatDocument,
  UpdateChatDocument,
} from "./generated/operations.ts";

export const chatEditAliases = [
  alias({
    method: "PATCH",
    path: "/instances/:id/chats/:chatId",
    summary: "Archive, pin, mute or mark a chat on all devices of the account, or undo that",
    body: z.strictObject({
      archived: z.boolean().optional(),
      pinned: z.boolean().optional(),
      muted: z.boolean().optional(),
      mutedUntil: z.string().optional(),
      markedUnread: z.boolean().optional(),
    }),
    document: UpdateChatDocument,
    variables: ({ params, body }) => ({
      input: { instanceId: params.id, chatId: params.chatId, ...body },
    }),
    answer: ({ updateChat }) =>
      settled(updateChat, ({ __typename, ...chat }) => ({ status: 200, body: chat })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/chats/:chatId/clear",
    summary: "Remove the messages of a chat from the account",
    body: z.strictObject({ keepStarred: z.boolean().optional() }).optional(),
    document: ClearChatDocument,
    variables: ({ params, body }) => ({
      input: { instanceId: params.id, chatId: params.chatId, ...body },
    }),
    answer: ({ clearChat }) =>
      settled(clearChat, ({ __typename, ...chat }) => ({ status: 200, body: chat })),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/chats/:chatId",
    summary: "Remove a chat and its messages from the account",
    statuses: [204],
    document: DeleteChatDocument,
    variables: ({ params }) => ({ instanceId: params.id, chatId: params.chatId }),
    answer: ({ deleteChat }) => settled(deleteChat, () => ({ status: 204 })),
  }),
];
