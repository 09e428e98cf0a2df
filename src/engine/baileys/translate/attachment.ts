import type { Media } from "../../../domain/message.ts";
import type { proto } from "../library.ts";

type Part =
  | proto.Message.IImageMessage
  | proto.Message.IVideoMessage
  | proto.Message.IAudioMessage
  | proto.Message.IDocumentMessage
  | proto.Message.IStickerMessage;

/** The attachment of an unwrapped message: our name for it, WhatsApp's name for its keys, and the part that describes it. */
export interface Attachment {
  readonly kind: "IMAGE" | "VIDEO" | "AUDIO" | "DOCUMENT" | "STICKER";
  readonly type: "image" | "video" | "audio" | "document" | "sticker";
  readonly part: Part;
}

export function attachmentOf(message: proto.IMessage): Attachment | undefined {
  if (message.imageMessage) return { kind: "IMAGE", type: "image", part: message.imageMessage };
  const video = message.videoMessage ?? message.ptvMessage;
  if (video) return { kind: "VIDEO", type: "video", part: video };
  if (message.audioMessage) return { kind: "AUDIO", type: "audio", part: message.audioMessage };
  if (message.documentMessage) {
    return { kind: "DOCUMENT", type: "document", part: message.documentMessage };
  }
  if (message.stickerMessage) {
    return { kind: "STICKER", type: "sticker", part: message.stickerMessage };
  }
  return undefined;
}

export function mediaOf({ part }: Attachment): Media {
  const { mimetype, fileLength, fileSha256 } = part;
  return {
    mimetype: mimetype || "application/octet-stream",
    size: whole(fileLength),
    fileName: "fileName" in part ? part.fileName || null : null,
    width: "width" in part ? whole(part.width) : null,
    height: "height" in part ? whole(part.height) : null,
    duration: "seconds" in part ? whole(part.seconds) : null,
    sha256: fileSha256?.length ? Buffer.from(fileSha256).toString("base64") : null,
  };
}

/** 64-bit fields come as Long objects. */
export function whole(value: { toString(): string } | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  const number = Number(value.toString());
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}
