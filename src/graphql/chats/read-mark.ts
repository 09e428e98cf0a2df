import type { MarkedMessages } from "../../directory/read-marks.ts";
import { ChatType } from "../address.ts";
import { builder } from "../builder.ts";
import type { ExpectedCode } from "../error.ts";
import { PERSON_ERRORS } from "../people/people-errors.ts";
import { resultType } from "../result.ts";

const MarkedMessagesType = builder.objectRef<MarkedMessages>("MarkedMessages").implement({
  description: "Messages whose senders were told.",
  fields: (t) => ({
    chat: t.expose("chat", { type: ChatType, description: "The chat they stand in." }),
    messageIds: t.exposeIDList("messageIds", {
      description: "Which; none when nothing was received in the chat.",
    }),
  }),
});

const MARK_ERRORS: readonly ExpectedCode[] = [...PERSON_ERRORS, "MESSAGE_NOT_FOUND"];

const MarkReadResult = resultType("MarkReadResult", {
  description: "What was marked as read, or why nothing was.",
  success: [MarkedMessagesType],
  errors: MARK_ERRORS,
});

const MarkPlayedResult = resultType("MarkPlayedResult", {
  description: "What was marked as played, or why nothing was.",
  success: [MarkedMessagesType],
  errors: MARK_ERRORS,
});

const MarkReadInput = builder.inputType("MarkReadInput", {
  description: "What to mark as read.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "The account that has read." }),
    chat: t.string({ required: true, description: "The chat: a phone number or a JID." }),
    messageIds: t.idList({
      description:
        "Which of the messages received there, up to 256. Left out for the newest 100 that were received.",
    }),
  }),
});

const MarkPlayedInput = builder.inputType("MarkPlayedInput", {
  description: "What to mark as played.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "The account that has played it." }),
    chat: t.string({ required: true, description: "The chat: a phone number or a JID." }),
    messageIds: t.idList({
      required: true,
      description: "Which of the voice notes, sounds and videos received there, up to 256.",
    }),
  }),
});

builder.mutationFields((t) => ({
  markRead: t.field({
    authScopes: { may: "messages:send" },
    type: MarkReadResult.type,
    description:
      "Tells senders that their messages were read: the blue ticks. Where the account hides what it reads, only its own devices are told.",
    args: { input: t.arg({ type: MarkReadInput, required: true }) },
    resolve: (_, { input: { instanceId, chat, messageIds } }, { people }) =>
      MarkReadResult.settle(() => people.mark(instanceId, chat, messageIds ?? null, "READ")),
  }),
  markPlayed: t.field({
    authScopes: { may: "messages:send" },
    type: MarkPlayedResult.type,
    description: "Tells senders that their voice notes were played: the blue microphone.",
    args: { input: t.arg({ type: MarkPlayedInput, required: true }) },
    resolve: (_, { input: { instanceId, chat, messageIds } }, { people }) =>
      MarkPlayedResult.settle(() => people.mark(instanceId, chat, messageIds, "PLAYED")),
  }),
}));
