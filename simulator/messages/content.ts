import type { proto } from "@whiskeysockets/baileys";
import { SimulatorError } from "../errors.ts";
import { sealMedia } from "../media/media-crypto.ts";
import { mediaPath } from "../media/media-server.ts";
import type { MediaStore } from "../media/media-store.ts";
import { accountJid, parsePhone } from "../protocol/jid.ts";

type Bytes = { readonly bytes: Uint8Array } | { readonly base64: string };

interface Quoted {
  readonly id: string;
  /** Phone number of who wrote the quoted message. */
  readonly from: string;
}

/** What a phone can send. */
export type OutgoingContent =
  | { readonly text: string; readonly quoted?: Quoted }
  | { readonly image: Bytes & { readonly mimetype?: string; readonly caption?: string } }
  | {
      readonly document: Bytes & {
        readonly mimetype?: string;
        readonly fileName?: string;
        readonly caption?: string;
      };
    };

export interface ComposedMessage {
  readonly message: proto.IMessage;
  /** The `type` attribute of the stanza. */
  readonly kind: "text" | "media";
}

/**
 * Turns content into the message a phone encrypts; media is sealed and stored for download first.
 * @throws {SimulatorError} BAD_REQUEST for media without bytes
 */
export async function compose(
  content: OutgoingContent,
  store: MediaStore,
  mediaHost: string,
): Promise<ComposedMessage> {
  if ("text" in content)
    return { message: textMessage(content.text, content.quoted), kind: "text" };
  if ("image" in content) {
    const { mimetype = "image/jpeg", caption } = content.image;
    const file = await upload("image", content.image);
    const imageMessage = { ...file, mimetype, ...(caption === undefined ? {} : { caption }) };
    return { message: { imageMessage }, kind: "media" };
  }
  const { mimetype = "application/octet-stream", fileName = "file", caption } = content.document;
  const file = await upload("document", content.document);
  const documentMessage = { ...file, mimetype, fileName, title: fileName };
  if (caption === undefined) return { message: { documentMessage }, kind: "media" };
  // Captions of documents travel in a wrapper, because older clients did not know them.
  const wrapped = { message: { documentMessage: { ...documentMessage, caption } } };
  return { message: { documentWithCaptionMessage: wrapped }, kind: "media" };

  async function upload(type: "image" | "document", source: Bytes) {
    const bytes = "bytes" in source ? source.bytes : Buffer.from(source.base64, "base64");
    if (bytes.length === 0) throw new SimulatorError("BAD_REQUEST", `the ${type} has no bytes`);
    const { mediaKey, sealed, fileSha256, fileEncSha256 } = await sealMedia(bytes, type);
    const directPath = mediaPath(type, fileEncSha256);
    store.put(directPath, sealed);
    const url = `https://${mediaHost}${directPath}`;
    return { url, directPath, mediaKey, fileSha256, fileEncSha256, fileLength: bytes.length };
  }
}

function textMessage(text: string, quoted: Quoted | undefined): proto.IMessage {
  if (quoted === undefined) return { conversation: text };
  return {
    extendedTextMessage: {
      text,
      contextInfo: {
        stanzaId: quoted.id,
        participant: accountJid(parsePhone(quoted.from), "pn"),
        quotedMessage: { conversation: "" },
      },
    },
  };
}
