import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { changed } from "./changed.ts";
import {
  CancelMessageDocument,
  DeleteMessageDocument,
  EditMessageDocument,
  ForwardMessageDocument,
  ReactToMessageDocument,
} from "./generated/operations.ts";
import { sendFields, sendInput } from "./send-input.ts";
import { sent } from "./sent.ts";

/** Where two chats have a message of this id. */
const chatId = z.string().optional();

export const messageChangeAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/messages/:messageId/cancel",
    summary: "Take a message back that is still QUEUED",
    document: CancelMessageDocument,
    variables: ({ params: { id: instanceId, messageId: id } }) => ({ instanceId, id }),
    answer: ({ cancelMessage }) => settled(cancelMessage, sent),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/messages/:messageId/forward",
    summary: "Pass a message on",
    statuses: [200, 202],
    body: z.strictObject({ ...sendFields, chatId }),
    document: ForwardMessageDocument,
    variables: ({ params, body, headers }) => ({
      input: { ...sendInput(params.id, body, headers), messageId: params.messageId },
    }),
    answer: ({ forwardMessage }) => settled(forwardMessage, sent),
  }),
  alias({
    method: "PATCH",
    path: "/instances/:id/messages/:messageId",
    summary: "Edit a text message",
    statuses: [200, 202],
    body: z.strictObject({
      message: z.string(),
      mentions: z.array(z.string()).optional(),
      chatId,
    }),
    document: EditMessageDocument,
    variables: ({ params, body: { message: text, ...body }, headers }) => ({
      input: { ...sendInput(params.id, body, headers), messageId: params.messageId, text },
    }),
    answer: ({ editMessage }) => settled(editMessage, changed),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/messages/:messageId",
    summary: "Delete a message for everyone",
    statuses: [200, 202],
    query: z.strictObject({ chatId }),
    document: DeleteMessageDocument,
    variables: ({ params, query, headers }) => ({
      input: { ...sendInput(params.id, query, headers), messageId: params.messageId },
    }),
    answer: ({ deleteMessage }) => settled(deleteMessage, changed),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/messages/:messageId/reaction",
    summary: "React to a message, or take the reaction back",
    statuses: [200, 202],
    body: z.strictObject({ emoji: z.string().nullish(), chatId }),
    document: ReactToMessageDocument,
    variables: ({ params, body, headers }) => ({
      input: { ...sendInput(params.id, body, headers), messageId: params.messageId },
    }),
    answer: ({ reactToMessage }) => settled(reactToMessage, changed),
  }),
];
