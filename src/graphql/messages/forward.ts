import { builder } from "../builder.ts";
import type { ShownMessage } from "./message.ts";
import { messageTypeName } from "./message.ts";
import { SENDABLE_TYPES } from "./message-kinds.ts";
import { resultType } from "../result.ts";
import { send, SEND_ERRORS } from "./send.ts";
import { sendOptions } from "./send-input.ts";

const ForwardMessageInput = builder.inputType("ForwardMessageInput", {
  description: "A message to pass on.",
  fields: (t) => ({
    ...sendOptions(t),
    messageId: t.id({ required: true, description: "WhatsApp's id of the message." }),
    chatId: t.id({
      description: "Its chat, by LID or phone-number JID; needed where two chats have this id.",
    }),
  }),
});

const ForwardMessageResult = resultType<ShownMessage>("ForwardMessageResult", {
  description: "The new message as it was when the wait was over, or why it was not sent.",
  success: SENDABLE_TYPES,
  successName: messageTypeName,
  errors: [...SEND_ERRORS, "MEDIA_UNREACHABLE", "MEDIA_GONE", "MEDIA_INVALID"],
});

builder.mutationField("forwardMessage", (t) =>
  t.field({
    authScopes: { may: "messages:send" },
    type: ForwardMessageResult.type,
    description:
      "Passes a message on as it is, its attachment included. Polls, appointments and what is to be seen once are not passed on.",
    args: { input: t.arg({ type: ForwardMessageInput, required: true }) },
    resolve: (_, { input }, context) =>
      ForwardMessageResult.settle(() => {
        const { messageId, chatId } = input;
        return send(context, { kind: "FORWARD", messageId, chatId }, input);
      }),
  }),
);
