import type { Address } from "../../domain/address.ts";
import { ChatType } from "../address.ts";
import { builder } from "../builder.ts";
import type { ExpectedCode } from "../error.ts";
import { ACCOUNT_ERRORS } from "../people/people-errors.ts";
import { resultType } from "../result.ts";

interface Labeled {
  readonly labelId: string;
  readonly chat: Address;
  readonly messageId: string | null;
  readonly assigned: boolean;
}

const LabelingType = builder.objectRef<Labeled>("Labeling").implement({
  description: "A label that was put on a chat or a message, or taken off.",
  fields: (t) => ({
    labelId: t.exposeID("labelId", { description: "Which label." }),
    chat: t.expose("chat", { type: ChatType, description: "Which chat, or where the message is." }),
    messageId: t.exposeID("messageId", {
      nullable: true,
      description: "Which message. Null for the chat itself.",
    }),
    assigned: t.exposeBoolean("assigned", { description: "Whether it is on it now." }),
  }),
});

const ERRORS: readonly ExpectedCode[] = [...ACCOUNT_ERRORS, "LABEL_NOT_FOUND", "CONFLICT"];

const LabelChatResult = resultType("LabelChatResult", {
  description: "The chat with or without the label, or why that was not changed.",
  success: [LabelingType],
  errors: [...ERRORS, "CHAT_NOT_FOUND"],
});

const LabelMessageResult = resultType("LabelMessageResult", {
  description: "The message with or without the label, or why that was not changed.",
  success: [LabelingType],
  errors: [...ERRORS, "MESSAGE_NOT_FOUND", "TOO_LATE"],
});

const ASSIGNED = "True if left out; false takes the label off.";

const LabelChatInput = builder.inputType("LabelChatInput", {
  description: "A label to put on a chat, or to take off.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Whose chat it is." }),
    chatId: t.id({
      required: true,
      description: "The chat: by LID, phone-number or group JID, or a phone number.",
    }),
    labelId: t.id({ required: true, description: "Which label." }),
    assigned: t.boolean({ description: ASSIGNED }),
  }),
});

const LabelMessageInput = builder.inputType("LabelMessageInput", {
  description: "A label to put on a message, or to take off.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Whose message it is." }),
    messageId: t.id({ required: true, description: "WhatsApp's id of the message." }),
    chatId: t.id({
      description: "Its chat, by LID or phone-number JID; needed where two chats have this id.",
    }),
    labelId: t.id({ required: true, description: "Which label." }),
    assigned: t.boolean({ description: ASSIGNED }),
  }),
});

builder.mutationFields((t) => ({
  labelChat: t.field({
    authScopes: { may: "messages:send" },
    type: LabelChatResult.type,
    description: "Puts a label on a chat, or takes it off. WhatsApp Business only.",
    args: { input: t.arg({ type: LabelChatInput, required: true }) },
    resolve: (_, { input: { instanceId, chatId, labelId, assigned } }, { chats }) =>
      LabelChatResult.settle(async () => {
        const isOn = assigned !== false;
        const chat = await chats.label(instanceId, chatId, labelId, isOn);
        return { labelId, chat, messageId: null, assigned: isOn };
      }),
  }),
  labelMessage: t.field({
    authScopes: { may: "messages:send" },
    type: LabelMessageResult.type,
    description: "Puts a label on a message, or takes it off. WhatsApp Business only.",
    args: { input: t.arg({ type: LabelMessageInput, required: true }) },
    resolve: (_, { input }, { messages }) =>
      LabelMessageResult.settle(async () => {
        const { labelId, assigned, chatId = null, ...named } = input;
        const isLabeled = assigned !== false;
        const mark = { kind: "LABEL", labelId, isLabeled } as const;
        const marked = await messages.mark({ ...named, chatId, mark });
        return { ...marked, labelId, assigned: isLabeled };
      }),
  }),
}));
