import type { ObjectRef } from "@pothos/core";
import type { Message, MessageKind, SendError } from "../domain/message.ts";
import type { StoredMessage } from "../messages/messages.ts";
import { ChatType, SenderType } from "./address.ts";
import type { SchemaTypes } from "./builder.ts";
import { builder } from "./builder.ts";
import { described } from "./enum.ts";
import { MediaType } from "./media.ts";
import { MessageStatusType } from "./message-status.ts";

/** A message on its way out: from the store with its uid, from an event without. */
export type ShownMessage = Message & { readonly uid?: string };

export function shown({ uid, message }: StoredMessage): ShownMessage {
  return { ...message, uid };
}

const MessageKindType = builder.enumType("MessageKind", {
  description: "What a message is made of. Each kind is a type of its own, too.",
  values: described<MessageKind>({
    TEXT: "Text only.",
    IMAGE: "A picture, perhaps with a caption.",
    VIDEO: "A video, perhaps with a caption.",
    AUDIO: "A voice message or a sound file.",
    DOCUMENT: "A file, perhaps with a caption.",
    STICKER: "A sticker.",
    UNSUPPORTED: "Of a kind that the gateway does not show yet. It is kept.",
    UNDECRYPTABLE: "It could not be decrypted. The sender's phone is asked to send it again.",
  }),
});

export const SendErrorType = builder.objectRef<SendError>("SendError").implement({
  description: "Why a message was not sent.",
  fields: (t) => ({
    code: t.exposeString("code", { description: "What to build on, such as `SEND_REJECTED`." }),
    message: t.exposeString("message", { description: "The same in words, for people." }),
    whatsappCode: t.exposeInt("whatsappCode", {
      nullable: true,
      description: "WhatsApp's own number for it, where there is one.",
    }),
  }),
});

export const MessageInterface = builder.interfaceRef<ShownMessage>("Message").implement({
  description: "A message of an account, received or sent.",
  resolveType: (message) => messageTypeName(message),
  fields: (t) => ({
    id: t.exposeID("id", {
      description:
        "WhatsApp's id. Senders choose it: it is unique only together with instance, chat and sender.",
    }),
    uid: t.id({
      nullable: true,
      description:
        "The gateway's own name for the stored message, to ask for it with `message(uid:)`. Null inside events, which tell what was and not what is.",
      resolve: ({ uid }) => uid ?? null,
    }),
    instanceId: t.exposeID("instanceId", { description: "Whose message it is." }),
    chat: t.expose("chat", { type: ChatType, description: "Where it was written." }),
    sender: t.expose("sender", { type: SenderType, description: "Who wrote it." }),
    fromMe: t.exposeBoolean("fromMe", {
      description: "Whether the account itself wrote it, here or on another device.",
    }),
    kind: t.expose("kind", { type: MessageKindType, description: "What it is made of." }),
    text: t.exposeString("text", {
      nullable: true,
      description: "The text, or the caption of an attachment.",
    }),
    timestamp: t.expose("timestamp", {
      type: "DateTime",
      description:
        "WhatsApp's time of the message, to the second; the gateway's until the server has it.",
    }),
    status: t.expose("status", {
      type: MessageStatusType,
      nullable: true,
      description: "How far a message from the account has come. Null for received ones.",
    }),
    quotedId: t.exposeID("quotedId", {
      nullable: true,
      description: "The id of the message it answers.",
    }),
    media: t.field({
      type: MediaType,
      nullable: true,
      description: "Its attachment.",
      resolve: (message) => message.media && { ...message.media, message },
    }),
    error: t.expose("error", {
      type: SendErrorType,
      nullable: true,
      description: "Why it was not sent, if its status is FAILED.",
    }),
  }),
});

function kindType(name: string, description: string): ObjectRef<SchemaTypes, ShownMessage> {
  return builder.objectRef<ShownMessage>(name).implement({
    interfaces: [MessageInterface],
    description,
  });
}

export const TextMessage = kindType("TextMessage", "A message of text only.");
export const ImageMessage = kindType("ImageMessage", "A picture; `text` is its caption.");
export const DocumentMessage = kindType("DocumentMessage", "A file; `text` is its caption.");

const KIND_TYPES: Readonly<Record<MessageKind, ObjectRef<SchemaTypes, ShownMessage>>> = {
  TEXT: TextMessage,
  IMAGE: ImageMessage,
  VIDEO: kindType("VideoMessage", "A video; `text` is its caption."),
  AUDIO: kindType("AudioMessage", "A voice message or a sound file."),
  DOCUMENT: DocumentMessage,
  STICKER: kindType("StickerMessage", "A sticker."),
  UNSUPPORTED: kindType("UnsupportedMessage", "Of a kind the gateway does not show yet."),
  UNDECRYPTABLE: kindType("UndecryptableMessage", "A message that could not be decrypted."),
};

export function messageTypeName({ kind }: ShownMessage): string {
  return KIND_TYPES[kind].name;
}
