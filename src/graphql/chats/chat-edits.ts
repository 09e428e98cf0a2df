import type { Address } from "../../domain/address.ts";
import { nameFields } from "../address.ts";
import { builder } from "../builder.ts";
import type { ExpectedCode } from "../error.ts";
import { ACCOUNT_ERRORS } from "../people/people-errors.ts";
import { resultType } from "../result.ts";
import { ChatSettingsType } from "./chat-settings.ts";

/** Whatever an account tells its other devices can end like this. */
const CHAT_EDIT_ERRORS: readonly ExpectedCode[] = [...ACCOUNT_ERRORS, "CHAT_NOT_FOUND", "CONFLICT"];

const DeletedChatType = builder.objectRef<Address>("DeletedChat").implement({
  description: "A chat that is gone from the account.",
});
nameFields(DeletedChatType);

const UpdateChatResult = resultType("UpdateChatResult", {
  description: "How the chat is kept now, or why it was not changed.",
  success: [ChatSettingsType],
  errors: CHAT_EDIT_ERRORS,
});

const ClearChatResult = resultType("ClearChatResult", {
  description: "The emptied chat, or why it was not emptied.",
  success: [ChatSettingsType],
  errors: CHAT_EDIT_ERRORS,
});

const DeleteChatResult = resultType("DeleteChatResult", {
  description: "Which chat was deleted, or why it was not.",
  success: [DeletedChatType],
  errors: CHAT_EDIT_ERRORS,
});

const WHICH = "The chat: by LID, phone-number or group JID, or a phone number.";

const UpdateChatInput = builder.inputType("UpdateChatInput", {
  description: "How an account is to keep a chat. What is left out stays as it is.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Whose chat it is." }),
    chatId: t.id({ required: true, description: WHICH }),
    archived: t.boolean({
      description: "Puts it away, or takes it out again. What is put away is pinned no more.",
    }),
    pinned: t.boolean({
      description: "Pins it to the top; phones show the first three that are pinned.",
    }),
    muted: t.boolean({
      description:
        "Has the phone keep silent about it, for ever unless `mutedUntil` says until when.",
    }),
    mutedUntil: t.field({ type: "DateTime", description: "Mutes it until then." }),
    markedUnread: t.boolean({
      description:
        "Marks it as unread, for the account alone; false marks it as read, which senders are not told: see `markRead`.",
    }),
  }),
});

const ClearChatInput = builder.inputType("ClearChatInput", {
  description: "Which chat to empty.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Whose chat it is." }),
    chatId: t.id({ required: true, description: WHICH }),
    keepStarred: t.boolean({ description: "Whether messages with a star stay." }),
  }),
});

builder.mutationFields((t) => ({
  updateChat: t.field({
    authScopes: { may: "messages:send" },
    type: UpdateChatResult.type,
    description:
      "Archives, pins, mutes or marks a chat, or undoes that, on all devices of the account. What is asked for together is done one after the other.",
    args: { input: t.arg({ type: UpdateChatInput, required: true }) },
    resolve: (_, { input: { instanceId, chatId, ...wish } }, { chats }) =>
      UpdateChatResult.settle(() => chats.update(instanceId, chatId, wish)),
  }),
  clearChat: t.field({
    authScopes: { may: "messages:send" },
    type: ClearChatResult.type,
    description:
      "Removes the messages of a chat from all devices of the account and from this gateway. Nobody else's are touched.",
    args: { input: t.arg({ type: ClearChatInput, required: true }) },
    resolve: (_, { input: { instanceId, chatId, keepStarred } }, { chats }) =>
      ClearChatResult.settle(() => chats.clear(instanceId, chatId, keepStarred ?? false)),
  }),
  deleteChat: t.field({
    authScopes: { may: "messages:send" },
    type: DeleteChatResult.type,
    description:
      "Removes a chat and its messages from all devices of the account and from this gateway. It comes back with the next message; a group has to be left first to be rid of it.",
    args: {
      instanceId: t.arg.id({ required: true }),
      chatId: t.arg.id({ required: true, description: WHICH }),
    },
    resolve: (_, { instanceId, chatId }, { chats }) =>
      DeleteChatResult.settle(() => chats.remove(instanceId, chatId)),
  }),
}));
