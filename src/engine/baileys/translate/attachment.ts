import type { Media, MediaForm } from "../../../domain/content.ts";
import type { proto } from "../library.ts";
import { count, whole } from "./numbers.ts";

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
  readonly form: MediaForm | null;
  readonly part: Part;
}

export function attachmentOf(message: proto.IMessage): Attachment | undefined {
  const { imageMessage, videoMessage, ptvMessage, audioMessage } = message;
  const { documentMessage, stickerMessage } = message;
  if (imageMessage) return { kind: "IMAGE", type: "image", form: null, part: imageMessage };
  if (videoMessage) {
    const form = videoMessage.gifPlayback ? "GIF" : null;
    return { kind: "VIDEO", type: "video", form, part: videoMessage };
  }
  if (ptvMessage) return { kind: "VIDEO", type: "video", form: "VIDEO_NOTE", part: ptvMessage };
  if (audioMessage) {
    const form = audioMessage.ptt ? "VOICE_NOTE" : null;
    return { kind: "AUDIO", type: "audio", form, part: audioMessage };
  }
  if (documentMessage) {
    return { kind: "DOCUMENT", type: "document", form: null, part: documentMessage };
  }
  if (stickerMessage) {
    const form = stickerMessage.isAnimated ? "ANIMATED" : null;
    return { kind: "STICKER", type: "sticker", form, part: stickerMessage };
  }
  return undefined;
}

export function mediaOf({ part, form }: Attachment): Media {
  const { mimetype, fileLength, fileSha256 } = part;
  return {
    mimetype: mimetype || "application/octet-stream",
    size: whole(fileLength),
    fileName: "fileName" in part ? part.fileName || null : null,
    width: "width" in part ? count(part.width) : null,
    height: "height" in part ? count(part.height) : null,
    duration: "seconds" in part ? count(part.seconds) : null,
    sha256: fileSha256?.length ? Buffer.from(fileSha256).toString("base64") : null,
    form,
  };
}
