import type { MessageKind } from "../../domain/content.ts";
import type { Message, SendError } from "../../domain/message.ts";
import type { StoredMessage } from "../../messages/messages.ts";
import { ChatType, SenderType } from "../address.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";
import { MediaType } from "./media.ts";
import { MessageStatusType } from "./message-status.ts";

/** A message on its way out: from the store with what became of it, from an event as it was. */
export type ShownMessage = Message & Partial<Omit<StoredMessage, "message">>;

export function shown({
  message,
  ...stored
}: StoredMessage): ShownMessage & Omit<StoredMessage, "message"> {
  return { ...message, ...stored };
}

export const MessageKindType = builder.enumType("MessageKind", {
  description: "What a message is made of. Each kind is a type of its own, too.",
  values: described<MessageKind>({
    TEXT: "Text only.",
    IMAGE: "A picture, perhaps with a caption.",
    VIDEO: "A video, perhaps with a caption.",
    AUDIO: "A voice message or a sound file.",
    DOCUMENT: "A file, perhaps with a caption.",
    STICKER: "A sticker.",
    LOCATION: "A place on the map.",
    CONTACTS: "One or more contact cards.",
    POLL: "A question with answers to choose from.",
    EVENT: "An appointment.",
    ALBUM: "The beginning of an album: its pictures and videos follow, each a message of its own.",
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

/** The GraphQL type of each kind. */
export const MESSAGE_TYPE_NAMES = {
  TEXT: "TextMessage",
  IMAGE: "ImageMessage",
  VIDEO: "VideoMessage",
  AUDIO: "AudioMessage",
  DOCUMENT: "DocumentMessage",
  STICKER: "StickerMessage",
  LOCATION: "LocationMessage",
  CONTACTS: "ContactsMessage",
  POLL: "PollMessage",
  EVENT: "EventMessage",
  ALBUM: "AlbumMessage",
  UNSUPPORTED: "UnsupportedMessage",
  UNDECRYPTABLE: "UndecryptableMessage",
} as const satisfies Record<MessageKind, string>;

export function messageTypeName({ kind }: ShownMessage): string {
  return MESSAGE_TYPE_NAMES[kind];
}

export const MessageInterface = builder.interfaceRef<ShownMessage>("Message").implement({
  description: "A message of an account, received or sent.",
  resolveType: ({ kind }) => MESSAGE_TYPE_NAMES[kind],
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
      description:
        "What people read first: the text, the caption of an attachment, the question of a poll, the name of an appointment.",
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
    mentions: t.exposeIDList("mentions", {
      description: "The JIDs of those who are named in the text.",
    }),
    mentionsAll: t.exposeBoolean("mentionsAll", {
      description: "Whether the text names everybody in the group.",
    }),
    isViewOnce: t.exposeBoolean("isViewOnce", {
      description: "Whether phones show it only once.",
    }),
    forwardingScore: t.exposeInt("forwardingScore", {
      description:
        "How often it was passed on before it came here; phones call 5 and more “forwarded many times”.",
    }),
    disappearsAfter: t.exposeInt("disappearsAfter", {
      nullable: true,
      description: "After how many seconds it disappears from phones. Null if it stays.",
    }),
    albumId: t.exposeID("albumId", {
      nullable: true,
      description: "The id of the message that begins its album.",
    }),
    serverId: t.exposeID("serverId", {
      nullable: true,
      description:
        "Of a post in a channel: its number there, which reactions name it by. Null until WhatsApp has taken it.",
    }),
    starred: t.boolean({
      description:
        "Whether the account has put a star on it. False inside events, which tell what was and not what is.",
      resolve: ({ starred }) => starred ?? false,
    }),
    editedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When its text was last changed by its sender. Null inside events.",
      resolve: ({ editedAt }) => editedAt ?? null,
    }),
    deletedAt: t.field({
      type: "DateTime",
      nullable: true,
      description:
        "When it was deleted for everyone. What it said is kept here. Null inside events.",
      resolve: ({ deletedAt }) => deletedAt ?? null,
    }),
    scheduledAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it is or was to be sent, if not at once. Null inside events.",
      resolve: ({ scheduledAt }) => scheduledAt ?? null,
    }),
    pinnedUntil: t.field({
      type: "DateTime",
      nullable: true,
      description: "Until when it is pinned in its chat. Null if it is not, and inside events.",
      resolve: ({ pinnedUntil }) =>
        pinnedUntil && pinnedUntil.getTime() > Date.now() ? pinnedUntil : null,
    }),
    keptAt: t.field({
      type: "DateTime",
      nullable: true,
      description:
        "When somebody kept it in its chat, where it would disappear. Null if nobody has, and inside events.",
      resolve: ({ keptAt }) => keptAt ?? null,
    }),
    error: t.expose("error", {
      type: SendErrorType,
      nullable: true,
      description: "Why it was not sent, if its status is FAILED.",
    }),
  }),
});
