import type { proto } from "@whiskeysockets/baileys";
import { SimulatorError } from "../errors.ts";
import { sealMedia } from "../media/media-crypto.ts";
import { mediaPath } from "../media/media-server.ts";
import type { MediaStore } from "../media/media-store.ts";

type File = ({ readonly bytes: Uint8Array } | { readonly base64: string }) & {
  readonly mimetype?: string;
};

export type MediaContent =
  | { readonly image: File & { readonly caption?: string } }
  | { readonly video: File & { readonly caption?: string; readonly form?: "gif" | "note" } }
  | { readonly audio: File & { readonly voice?: boolean; readonly seconds?: number } }
  | { readonly sticker: File & { readonly animated?: boolean } }
  | { readonly document: File & { readonly fileName?: string; readonly caption?: string } };

type UploadType = "image" | "video" | "audio" | "document" | "sticker";

/** @throws {SimulatorError} BAD_REQUEST for media without bytes */
export async function composeMedia(
  content: MediaContent,
  store: MediaStore,
  mediaHost: string,
): Promise<proto.IMessage> {
  if ("image" in content) {
    const { mimetype = "image/jpeg", caption } = content.image;
    return {
      imageMessage: { ...(await upload("image", content.image)), mimetype, ...said(caption) },
    };
  }
  if ("video" in content) {
    const { mimetype = "video/mp4", caption, form } = content.video;
    const video = { ...(await upload("video", content.video)), mimetype, ...said(caption) };
    if (form === "note") return { ptvMessage: video };
    return { videoMessage: { ...video, gifPlayback: form === "gif" } };
  }
  if ("audio" in content) {
    const { mimetype = "audio/ogg; codecs=opus", voice = false, seconds = 1 } = content.audio;
    const audio = await upload("audio", content.audio);
    return { audioMessage: { ...audio, mimetype, seconds, ptt: voice } };
  }
  if ("sticker" in content) {
    const { mimetype = "image/webp", animated = false } = content.sticker;
    const sticker = await upload("sticker", content.sticker);
    return { stickerMessage: { ...sticker, mimetype, isAnimated: animated } };
  }
  const { mimetype = "application/octet-stream", fileName = "file", caption } = content.document;
  const file = await upload("document", content.document);
  const documentMessage = { ...file, mimetype, fileName, title: fileName };
  if (caption === undefined) return { documentMessage };
  // Captions of documents travel in a wrapper, because older clients did not know them.
  return {
    documentWithCaptionMessage: { message: { documentMessage: { ...documentMessage, caption } } },
  };

  async function upload(type: UploadType, source: File) {
    const bytes = "bytes" in source ? source.bytes : Buffer.from(source.base64, "base64");
    if (bytes.length === 0) throw new SimulatorError("BAD_REQUEST", `the ${type} has no bytes`);
    const { mediaKey, sealed, fileSha256, fileEncSha256 } = await sealMedia(bytes, type);
    const directPath = mediaPath(type, fileEncSha256);
    store.put(directPath, sealed);
    const url = `https://${mediaHost}${directPath}`;
    return { url, directPath, mediaKey, fileSha256, fileEncSha256, fileLength: bytes.length };
  }
}

function said(caption: string | undefined): { caption?: string } {
  return caption === undefined ? {} : { caption };
}
