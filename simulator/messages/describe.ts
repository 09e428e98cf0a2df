import { type MediaType, normalizeMessageContent, type proto } from "@whiskeysockets/baileys";
import { openMedia, sha256 } from "../media/media-crypto.ts";
import type { MediaStore } from "../media/media-store.ts";
import { canonical } from "../protocol/jid.ts";
import type { ReceivedMessage } from "./received-log.ts";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Description = Omit<ReceivedMessage, "id" | "from" | "to" | "chat" | "timestamp">;

/** Reads a decrypted message as a person would; undefined when it is nothing to be shown. */
export async function describe(
  message: proto.IMessage,
  store: MediaStore,
): Promise<Description | undefined> {
  const content = normalizeMessageContent(message);
  if (content === undefined) return undefined;
  return describeText(content) ?? (await describeMedia(content, store)) ?? describeOther(content);
}

function describeText(content: proto.IMessage): Description | undefined {
  const extended = content.extendedTextMessage;
  const text = content.conversation ?? extended?.text;
  if (typeof text !== "string") return undefined;
  return { type: "text", text, ...context(extended?.contextInfo) };
}

async function describeMedia(
  content: proto.IMessage,
  store: MediaStore,
): Promise<Description | undefined> {
  const media: readonly (readonly [
    MediaType & Description["type"],
    MediaFields | null | undefined,
  ])[] = [
    ["image", content.imageMessage],
    ["video", content.videoMessage ?? content.ptvMessage],
    ["audio", content.audioMessage],
    ["document", content.documentMessage],
    ["sticker", content.stickerMessage],
  ];
  for (const [type, fields] of media) {
    if (fields) return { type, ...texts(fields), ...(await fetchBytes(type, fields, store)) };
  }
  return undefined;
}

interface MediaFields {
  directPath?: string | null;
  mediaKey?: Uint8Array | null;
  fileSha256?: Uint8Array | null;
  mimetype?: string | null;
  caption?: string | null;
  fileName?: string | null;
  contextInfo?: proto.IContextInfo | null;
}

function texts(fields: MediaFields): Partial<Description> {
  const found: Partial<Mutable<Description>> = context(fields.contextInfo);
  if (fields.caption) found.caption = fields.caption;
  if (fields.mimetype) found.mimetype = fields.mimetype;
  if (fields.fileName) found.fileName = fields.fileName;
  return found;
}

async function fetchBytes(
  type: MediaType,
  { directPath, mediaKey, fileSha256 }: MediaFields,
  store: MediaStore,
): Promise<Partial<Description>> {
  const sealed = store.get(directPath ?? "");
  if (sealed === undefined) return { mediaError: "the file is not on the media server" };
  try {
    const bytes = await openMedia(sealed, mediaKey ?? new Uint8Array(), type);
    const hash = sha256(bytes);
    if (!hash.equals(fileSha256 ?? Buffer.alloc(0))) throw new Error("the SHA-256 does not fit");
    return { bytes, sha256: hash.toString("hex") };
  } catch (error) {
    return { mediaError: error instanceof Error ? error.message : String(error) };
  }
}

function describeOther(content: proto.IMessage): Description | undefined {
  const { reactionMessage: reaction, protocolMessage: control } = content;
  if (reaction) {
    return { type: "reaction", text: reaction.text ?? "", ...target(reaction.key) };
  }
  if (control) return describeControl(control);
  const place = content.locationMessage;
  if (place) {
    const { degreesLatitude: latitude = 0, degreesLongitude: longitude = 0, name } = place;
    const at = { latitude: latitude ?? 0, longitude: longitude ?? 0 };
    return {
      type: "location",
      location: at,
      ...(name ? { text: name } : {}),
      ...context(place.contextInfo),
    };
  }
  const cards = content.contactMessage
    ? [content.contactMessage]
    : content.contactsArrayMessage?.contacts;
  if (cards) return { type: "contact", vcards: cards.map(({ vcard }) => vcard ?? "") };
  const poll = content.pollCreationMessage ?? content.pollCreationMessageV3;
  if (poll) {
    const options = (poll.options ?? []).map(({ optionName }) => optionName ?? "");
    return { type: "poll", text: poll.name ?? "", options, ...context(poll.contextInfo) };
  }
  // A sender key travels in a message of its own, which nobody sees.
  const isInvisible = Object.entries(content).every(
    ([field, value]) =>
      !value || field === "senderKeyDistributionMessage" || field === "messageContextInfo",
  );
  return isInvisible ? undefined : { type: "other" };
}

/** Numbers of `Message.ProtocolMessage.Type`. */
const REVOKE = 0;
const EDIT = 14;

function describeControl(control: proto.Message.IProtocolMessage): Description | undefined {
  const type: number = control.type ?? REVOKE;
  if (type === REVOKE) return { type: "deleted", ...target(control.key) };
  if (type !== EDIT) return undefined;
  const edited = normalizeMessageContent(control.editedMessage ?? undefined);
  const text = edited?.conversation ?? edited?.extendedTextMessage?.text ?? "";
  return { type: "edited", text, ...target(control.key) };
}

function target(key: proto.IMessageKey | null | undefined): Partial<Description> {
  return key?.id ? { targetId: key.id } : {};
}

function context(info: proto.IContextInfo | null | undefined): Partial<Description> {
  const found: Partial<Mutable<Description>> = {};
  if (info?.stanzaId) found.quotedId = info.stanzaId;
  if (info?.mentionedJid && info.mentionedJid.length > 0) {
    found.mentions = info.mentionedJid.map(canonical);
  }
  return found;
}
