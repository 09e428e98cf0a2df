import type { MarkedMessage } from "../../messages/messages.ts";
import { ChatType } from "../address.ts";
import { builder } from "../builder.ts";
import type { ExpectedCode } from "../error.ts";
import { ACCOUNT_ERRORS } from "../people/people-errors.ts";
import { resultType } from "../result.ts";

interface Marked extends MarkedMessage {
  readonly starred: boolean | null;
  readonly removed: boolean;
}

const MessageMarkType = builder.objectRef<Marked>("MessageMark").implement({
  description: "What an account did with a message, on all its devices.",
  fields: (t) => ({
    messageId: t.exposeID("messageId", { description: "Which message." }),
    chat: t.expose("chat", { type: ChatType, description: "Where it was written." }),
    starred: t.exposeBoolean("starred", {
      nullable: true,
      description: "Whether it has a star now. Null where that was not asked for.",
    }),
    removed: t.exposeBoolean("removed", { description: "Whether it is gone from the account." }),
  }),
});

const MARK_ERRORS: readonly ExpectedCode[] = [
  ...ACCOUNT_ERRORS,
  "MESSAGE_NOT_FOUND",
  "TOO_LATE",
  "CONFLICT",
];

const StarMessageResult = resultType("StarMessageResult", {
  description: "The message with or without its star, or why that was not changed.",
  success: [MessageMarkType],
  errors: MARK_ERRORS,
});

const DeleteMessageForMeResult = resultType("DeleteMessageForMeResult", {
  description: "Which message was deleted, or why none was.",
  success: [MessageMarkType],
  errors: MARK_ERRORS,
});

const WHICH = "WhatsApp's id of the message.";
const CHAT = "Its chat, by LID or phone-number JID; needed where two chats have this id.";

const StarMessageInput = builder.inputType("StarMessageInput", {
  description: "A message to put a star on, or to take it off.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "The account that does it." }),
    messageId: t.id({ required: true, description: WHICH }),
    chatId: t.id({ description: CHAT }),
    starred: t.boolean({ description: "True if left out; false takes the star off." }),
  }),
});

const DeleteMessageForMeInput = builder.inputType("DeleteMessageForMeInput", {
  description: "A message to delete for the account alone.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "The account that does it." }),
    messageId: t.id({ required: true, description: WHICH }),
    chatId: t.id({ description: CHAT }),
  }),
});

builder.mutationFields((t) => ({
  starMessage: t.field({
    authScopes: { may: "messages:send" },
    type: StarMessageResult.type,
    description: "Puts a star on a message, or takes it off, on all devices of the account.",
    args: { input: t.arg({ type: StarMessageInput, required: true }) },
    resolve: (_, { input }, { messages }) =>
      StarMessageResult.settle(async () => {
        const { starred, chatId = null, ...named } = input;
        const isStarred = starred !== false;
        const mark = { kind: "STAR", isStarred } as const;
        const marked = await messages.mark({ ...named, chatId, mark });
        return { ...marked, starred: isStarred, removed: false };
      }),
  }),
  deleteMessageForMe: t.field({
    authScopes: { may: "messages:send" },
    type: DeleteMessageForMeResult.type,
    description:
      "Deletes a message from all devices of the account and from this gateway. Others keep theirs: see `deleteMessage`.",
    args: { input: t.arg({ type: DeleteMessageForMeInput, required: true }) },
    resolve: (_, { input: { chatId = null, ...named } }, { messages }) =>
      DeleteMessageForMeResult.settle(async () => {
        const marked = await messages.mark({ ...named, chatId, mark: { kind: "REMOVAL" } });
        return { ...marked, starred: null, removed: true };
      }),
  }),
}));
