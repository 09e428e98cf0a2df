import { bareJid } from "../../domain/address.ts";
import type { OutgoingContent, Quoted } from "../../domain/outgoing.ts";
import type { PreparedMessage } from "../engine.ts";
import { DEFAULT_CONNECTION_CONFIG, generateWAMessageContent, proto } from "./library.ts";
import { attachmentOf, mediaOf } from "./translate/attachment.ts";

type MessageOptions = Parameters<typeof generateWAMessageContent>[1];

/** Uploads an encrypted file to WhatsApp's media servers. */
export type Upload = MessageOptions["upload"];

/** Builds the encoded `Message`: what it says is fixed from here on, also when it is sent twice. */
export async function prepareMessage(
  content: OutgoingContent,
  upload: Upload,
  logger: typeof DEFAULT_CONNECTION_CONFIG.logger,
): Promise<PreparedMessage> {
  const message = await generateWAMessageContent(anyContent(content), { upload, logger });
  quote(message, content.quoted);
  const attachment = attachmentOf(message);
  return {
    bytes: proto.Message.encode(message).finish(),
    media: attachment === undefined ? null : mediaOf(attachment),
  };
}

function anyContent(content: OutgoingContent): Parameters<typeof generateWAMessageContent>[0] {
  switch (content.kind) {
    case "TEXT": {
      const { text, mentions = [] } = content;
      return mentions.length > 0 ? { text, mentions: [...mentions] } : { text };
    }
    case "LOCATION": {
      const { latitude, longitude, name, address, url } = content.location;
      const degrees = { degreesLatitude: latitude, degreesLongitude: longitude };
      return { location: { ...degrees, ...said({ name, address, url }) } };
    }
    case "CONTACTS": {
      const contacts = content.contacts.map(({ name, vcard }) => ({
        ...said({ displayName: name }),
        vcard,
      }));
      return {
        contacts: { ...said({ displayName: content.contacts[0]?.name ?? null }), contacts },
      };
    }
    case "POLL": {
      const { question: name, options, selectableCount } = content.poll;
      return { poll: { name, values: [...options], selectableCount: selectableCount ?? 0 } };
    }
    case "IMAGE":
    case "DOCUMENT":
      return mediaContent(content);
  }
}

function mediaContent(
  content: Extract<OutgoingContent, { readonly kind: "IMAGE" | "DOCUMENT" }>,
): Parameters<typeof generateWAMessageContent>[0] {
  const { path, mimetype, caption, thumbnail, fileName } = content;
  const shared = { mimetype, ...said({ caption }) };
  if (content.kind === "DOCUMENT") {
    const named = said({ fileName, jpegThumbnail: thumbnail });
    return { ...shared, ...named, document: { url: path } };
  }
  // Left out, Baileys would load an image library and make one itself.
  return { ...shared, image: { url: path }, jpegThumbnail: thumbnail ?? "" };
}

/** Without what is not said: protobuf knows no null. */
function said<T extends Readonly<Record<string, string | null>>>(fields: T) {
  const entries = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as { [K in keyof T]?: string };
}

interface Quoting {
  contextInfo?: proto.IContextInfo | null;
}

/** The one part of a message that can answer another. */
function partOf(message: proto.IMessage): Quoting | null | undefined {
  return (
    message.extendedTextMessage ??
    message.imageMessage ??
    message.documentMessage ??
    message.locationMessage ??
    message.contactMessage ??
    message.contactsArrayMessage ??
    message.pollCreationMessage ??
    message.pollCreationMessageV3
  );
}

function quote(message: proto.IMessage, quoted: Quoted | null): void {
  const part = partOf(message);
  if (quoted === null || !part) return;
  part.contextInfo = {
    ...part.contextInfo,
    stanzaId: quoted.id,
    participant: bareJid(quoted.sender),
    quotedMessage: { conversation: quoted.text ?? "" },
  };
}
