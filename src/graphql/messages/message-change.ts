import type { MadeChange } from "../../messages/messages.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { MessageInterface, SendErrorType, shown } from "./message.ts";
import {
  AnswerEventInput,
  DeleteMessageInput,
  EditMessageInput,
  MessageTargetInput,
  PinMessageInput,
  type MessageTarget,
  ReactToMessageInput,
  VotePollInput,
} from "./message-change-input.ts";
import { MessageStatusType } from "./message-status.ts";
import { resultType } from "../result.ts";
import type { ChangeWish } from "../../messages/messages.ts";

const MessageChange = builder.objectRef<MadeChange>("MessageChange").implement({
  description:
    "Something that is done to a message. It goes the way of a message: it is stored first, waits while the account is offline, and is made once WhatsApp's server has it.",
  fields: (t) => ({
    id: t.exposeID("id", {
      description: "WhatsApp's id of the change itself, as `MessageStatusChanged` has it.",
    }),
    status: t.expose("status", {
      type: MessageStatusType,
      description: "How far it has come: SERVER_ACK and later mean that it is made.",
    }),
    timestamp: t.expose("timestamp", {
      type: "DateTime",
      description: "When the server had it, or when it was asked for until then.",
    }),
    error: t.expose("error", {
      type: SendErrorType,
      nullable: true,
      description: "Why it was not made, if its status is FAILED.",
    }),
    target: t.field({
      type: MessageInterface,
      description: "The message as it is now.",
      resolve: ({ target }) => shown(target),
    }),
  }),
});

const MessageChangeResult = resultType<MadeChange>("MessageChangeResult", {
  description: "The change as it was when the wait was over, or why it was not made.",
  success: [MessageChange],
  errors: [
    "BAD_INPUT",
    "INSTANCE_NOT_FOUND",
    "MESSAGE_NOT_FOUND",
    "NOT_LINKED",
    "TOO_LATE",
    "QUEUE_FULL",
    "SEND_REJECTED",
    "IDEMPOTENCY_MISMATCH",
  ],
});

function make({ messages }: Context, target: MessageTarget, change: ChangeWish) {
  const { instanceId, messageId, chatId, idempotencyKey, waitFor, waitTimeoutMs } = target;
  return MessageChangeResult.settle(() =>
    messages.change({
      instanceId,
      messageId,
      chatId: chatId ?? null,
      change,
      idempotencyKey,
      waitFor,
      waitTimeoutMs,
    }),
  );
}

builder.mutationFields((t) => ({
  editMessage: t.field({
    authScopes: { may: "messages:send" },
    type: MessageChangeResult.type,
    description:
      "Gives a text message of the account another text. WhatsApp takes edits within 15 minutes.",
    args: { input: t.arg({ type: EditMessageInput, required: true }) },
    resolve: (_, { input }, context) => {
      const { text, mentions = null } = input;
      return make(context, input, { kind: "EDIT", text, mentions });
    },
  }),
  deleteMessage: t.field({
    authScopes: { may: "messages:send" },
    type: MessageChangeResult.type,
    description:
      "Deletes a message for everyone: of the account itself, or in a group where it is an admin. WhatsApp takes this within 60 hours. What it said is kept here.",
    args: { input: t.arg({ type: DeleteMessageInput, required: true }) },
    resolve: (_, { input }, context) => make(context, input, { kind: "DELETION" }),
  }),
  pinMessage: t.field({
    authScopes: { may: "messages:send" },
    type: MessageChangeResult.type,
    description:
      "Pins a message in its chat for everybody. In groups whose settings are for admins only, WhatsApp lets admins do it.",
    args: { input: t.arg({ type: PinMessageInput, required: true }) },
    resolve: (_, { input }, context) =>
      make(context, input, { kind: "PIN", seconds: input.seconds ?? null }),
  }),
  unpinMessage: t.field({
    authScopes: { may: "messages:send" },
    type: MessageChangeResult.type,
    description: "Takes a message off the top of its chat.",
    args: { input: t.arg({ type: MessageTargetInput, required: true }) },
    resolve: (_, { input }, context) => make(context, input, { kind: "UNPIN" }),
  }),
  keepMessage: t.field({
    authScopes: { may: "messages:send" },
    type: MessageChangeResult.type,
    description: "Keeps a message in its chat, for everybody, that would disappear.",
    args: { input: t.arg({ type: MessageTargetInput, required: true }) },
    resolve: (_, { input }, context) => make(context, input, { kind: "KEEP" }),
  }),
  unkeepMessage: t.field({
    authScopes: { may: "messages:send" },
    type: MessageChangeResult.type,
    description: "Lets a message disappear that was kept.",
    args: { input: t.arg({ type: MessageTargetInput, required: true }) },
    resolve: (_, { input }, context) => make(context, input, { kind: "UNKEEP" }),
  }),
  votePoll: t.field({
    authScopes: { may: "messages:send" },
    type: MessageChangeResult.type,
    description: "Votes in a poll that was sent or received, in place of the account's last vote.",
    args: { input: t.arg({ type: VotePollInput, required: true }) },
    resolve: (_, { input }, context) =>
      make(context, input, { kind: "VOTE", options: input.options }),
  }),
  answerEvent: t.field({
    authScopes: { may: "messages:send" },
    type: MessageChangeResult.type,
    description: "Answers an appointment that was sent or received.",
    args: { input: t.arg({ type: AnswerEventInput, required: true }) },
    resolve: (_, { input }, context) => {
      const { attendance, extraGuests = null } = input;
      return make(context, input, { kind: "RESPONSE", attendance, extraGuests });
    },
  }),
  reactToMessage: t.field({
    authScopes: { may: "messages:send" },
    type: MessageChangeResult.type,
    description: "Puts an emoji on a message in place of the account's last one, or takes it back.",
    args: { input: t.arg({ type: ReactToMessageInput, required: true }) },
    resolve: (_, { input }, context) =>
      make(context, input, { kind: "REACTION", emoji: input.emoji ?? null }),
  }),
}));
