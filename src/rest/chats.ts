import { z } from "zod";
import { CHAT_KINDS } from "../domain/chat.ts";
import { alias } from "./alias.ts";
import { limit } from "./fields.ts";
import {
  GetChatDocument,
  ListChatMessagesDocument,
  ListChatsDocument,
} from "./generated/operations.ts";
import type { ChatStateFragment, StoredMessageDataFragment } from "./generated/operations.ts";
import { noChat } from "./missing.ts";
import { instancePath, paged } from "./paged.ts";

/** A message as it is stored. Its kind says what GraphQL's type does. */
export function messageOf({ __typename, ...message }: StoredMessageDataFragment): object {
  return message;
}

function chatOf({ lastMessage, ...chat }: ChatStateFragment): object {
  return { ...chat, lastMessage: lastMessage && messageOf(lastMessage) };
}

export const chatAliases = [
  alias({
    method: "GET",
    path: "/instances/:id/chats",
    summary:
      "The chats of an instance with their last messages, the one that was active last first",
    query: z.strictObject({
      kind: z.enum(CHAT_KINDS).optional(),
      unread: z.stringbool().optional(),
      archived: z.stringbool().optional(),
      labelId: z.string().optional(),
      limit: limit.optional(),
      after: z.string().optional(),
    }),
    document: ListChatsDocument,
    variables: ({ params, query: { kind, limit: first, after, ...filter } }) => ({
      instanceId: params.id,
      first,
      after,
      filter: { kinds: kind && [kind], ...filter },
    }),
    answer: ({ chats }, { params, query }) =>
      paged(instancePath(params.id, "chats"), query, chats, chatOf),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/chats/:chatId",
    summary: "One chat with its last message",
    document: GetChatDocument,
    variables: ({ params: { id: instanceId, chatId: id } }) => ({ instanceId, id }),
    answer: ({ chat }, { params }) =>
      chat ? { status: 200, body: chatOf(chat) } : noChat(params.id, params.chatId),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/chats/:chatId/messages",
    summary: "What was written in a chat, the newest first",
    query: z.strictObject({ limit: limit.optional(), after: z.string().optional() }),
    document: ListChatMessagesDocument,
    variables: ({ params, query: { limit: first, after } }) => ({
      instanceId: params.id,
      id: params.chatId,
      first,
      after,
    }),
    answer: ({ chat }, { params, query }) => {
      if (!chat) return noChat(params.id, params.chatId);
      const path = instancePath(params.id, `chats/${encodeURIComponent(params.chatId)}/messages`);
      return paged(path, query, chat.messages, messageOf);
    },
  }),
];
