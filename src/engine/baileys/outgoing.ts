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
  if (content.kind === "TEXT") return { text: content.text };
  const { path, mimetype, caption, thumbnail, fileName } = content;
  const shared = { mimetype, ...(caption === null ? {} : { caption }) };
  if (content.kind === "DOCUMENT") {
    return {
      ...shared,
      document: { url: path },
      ...(fileName === null ? {} : { fileName }),
      ...(thumbnail === null ? {} : { jpegThumbnail: thumbnail }),
    };
  }
  // Left out, Baileys would load an image library and make one itself.
  return { ...shared, image: { url: path }, jpegThumbnail: thumbnail ?? "" };
}

function quote(message: proto.IMessage, quoted: Quoted | null): void {
  const part =
    message.extendedTextMessage ?? message.imageMessage ?? message.documentMessage ?? undefined;
  if (quoted === null || part === undefined) return;
  part.contextInfo = {
    ...part.contextInfo,
    stanzaId: quoted.id,
    participant: bareJid(quoted.sender),
    quotedMessage: { conversation: quoted.text ?? "" },
  };
}
