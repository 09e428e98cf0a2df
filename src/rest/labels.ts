import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import {
  CreateLabelDocument,
  DeleteLabelDocument,
  LabelChatDocument,
  LabelMessageDocument,
  ListLabelsDocument,
  UpdateLabelDocument,
} from "./generated/operations.ts";

/** Where two chats have a message of this id. */
const inChat = z.strictObject({ chatId: z.string().optional() });
const labelOfChat = "/instances/:id/chats/:chatId/labels/:labelId";
const labelOfMessage = "/instances/:id/messages/:messageId/labels/:labelId";

export const labelAliases = [
  alias({
    method: "GET",
    path: "/instances/:id/labels",
    summary: "List the labels of an account of WhatsApp Business",
    document: ListLabelsDocument,
    variables: ({ params }) => ({ instanceId: params.id }),
    answer: ({ labels }) => ({ status: 200, body: labels }),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/labels",
    summary: "Make a label",
    statuses: [201],
    body: z.strictObject({ name: z.string(), color: z.int32().optional() }),
    document: CreateLabelDocument,
    variables: ({ params, body }) => ({ input: { instanceId: params.id, ...body } }),
    answer: ({ createLabel }) =>
      settled(createLabel, ({ __typename, ...label }) => ({ status: 201, body: label })),
  }),
  alias({
    method: "PATCH",
    path: "/instances/:id/labels/:labelId",
    summary: "Call or colour a label differently",
    body: z.strictObject({ name: z.string().optional(), color: z.int32().optional() }),
    document: UpdateLabelDocument,
    variables: ({ params, body }) => ({
      input: { instanceId: params.id, labelId: params.labelId, ...body },
    }),
    answer: ({ updateLabel }) =>
      settled(updateLabel, ({ __typename, ...label }) => ({ status: 200, body: label })),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/labels/:labelId",
    summary: "Delete a label, and take it off all that it was on",
    statuses: [204],
    document: DeleteLabelDocument,
    variables: ({ params }) => ({ instanceId: params.id, labelId: params.labelId }),
    answer: ({ deleteLabel }) => settled(deleteLabel, () => ({ status: 204 })),
  }),
  alias({
    method: "POST",
    path: labelOfChat,
    summary: "Put a label on a chat",
    document: LabelChatDocument,
    variables: ({ params: { id: instanceId, chatId, labelId } }) => ({
      input: { instanceId, chatId, labelId, assigned: true },
    }),
    answer: ({ labelChat }) =>
      settled(labelChat, ({ __typename, ...done }) => ({ status: 200, body: done })),
  }),
  alias({
    method: "DELETE",
    path: labelOfChat,
    summary: "Take a label off a chat",
    statuses: [204],
    document: LabelChatDocument,
    variables: ({ params: { id: instanceId, chatId, labelId } }) => ({
      input: { instanceId, chatId, labelId, assigned: false },
    }),
    answer: ({ labelChat }) => settled(labelChat, () => ({ status: 204 })),
  }),
  alias({
    method: "POST",
    path: labelOfMessage,
    summary: "Put a label on a message",
    body: inChat.optional(),
    document: LabelMessageDocument,
    variables: ({ params: { id: instanceId, messageId, labelId }, body }) => ({
      input: { instanceId, messageId, labelId, assigned: true, ...body },
    }),
    answer: ({ labelMessage }) =>
      settled(labelMessage, ({ __typename, ...done }) => ({ status: 200, body: done })),
  }),
  alias({
    method: "DELETE",
    path: labelOfMessage,
    summary: "Take a label off a message",
    statuses: [204],
    query: inChat,
    document: LabelMessageDocument,
    variables: ({ params: { id: instanceId, messageId, labelId }, query }) => ({
      input: { instanceId, messageId, labelId, assigned: false, ...query },
    }),
    answer: ({ labelMessage }) => settled(labelMessage, () => ({ status: 204 })),
  }),
];
