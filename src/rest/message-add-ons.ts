import { z } from "zod";
import { ATTENDANCES } from "../domain/content.ts";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { changed } from "./changed.ts";
import {
  AnswerEventDocument,
  KeepMessageDocument,
  PinMessageDocument,
  UnkeepMessageDocument,
  UnpinMessageDocument,
  VotePollDocument,
} from "./generated/operations.ts";
import { sendInput } from "./send-input.ts";

/** Where two chats have a message of this id. */
const chatId = z.string().optional();

export const messageAddOnAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/messages/:messageId/vote",
    summary: "Vote in a poll, or take the vote back",
    statuses: [200, 202],
    body: z.strictObject({ options: z.array(z.string()), chatId }),
    document: VotePollDocument,
    variables: ({ params, body, headers }) => ({
      input: { ...sendInput(params.id, body, headers), messageId: params.messageId },
    }),
    answer: ({ votePoll }) => settled(votePoll, changed),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/messages/:messageId/answer",
    summary: "Answer an event",
    statuses: [200, 202],
    body: z.strictObject({
      attendance: z.enum(ATTENDANCES),
      extraGuests: z.number().int().optional(),
      chatId,
    }),
    document: AnswerEventDocument,
    variables: ({ params, body, headers }) => ({
      input: { ...sendInput(params.id, body, headers), messageId: params.messageId },
    }),
    answer: ({ answerEvent }) => settled(answerEvent, changed),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/messages/:messageId/pin",
    summary: "Pin a message in its chat",
    statuses: [200, 202],
    body: z.strictObject({ seconds: z.number().int().optional(), chatId }),
    document: PinMessageDocument,
    variables: ({ params, body, headers }) => ({
      input: { ...sendInput(params.id, body, headers), messageId: params.messageId },
    }),
    answer: ({ pinMessage }) => settled(pinMessage, changed),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/messages/:messageId/pin",
    summary: "Unpin a message",
    statuses: [200, 202],
    query: z.strictObject({ chatId }),
    document: UnpinMessageDocument,
    variables: ({ params, query, headers }) => ({
      input: { ...sendInput(params.id, query, headers), messageId: params.messageId },
    }),
    answer: ({ unpinMessage }) => settled(unpinMessage, changed),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/messages/:messageId/keep",
    summary: "Keep a message that would disappear",
    statuses: [200, 202],
    body: z.strictObject({ chatId }),
    document: KeepMessageDocument,
    variables: ({ params, body, headers }) => ({
      input: { ...sendInput(params.id, body, headers), messageId: params.messageId },
    }),
    answer: ({ keepMessage }) => settled(keepMessage, changed),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/messages/:messageId/keep",
    summary: "Let a kept message disappear",
    statuses: [200, 202],
    query: z.strictObject({ chatId }),
    document: UnkeepMessageDocument,
    variables: ({ params, query, headers }) => ({
      input: { ...sendInput(params.id, query, headers), messageId: params.messageId },
    }),
    answer: ({ unkeepMessage }) => settled(unkeepMessage, changed),
  }),
];
