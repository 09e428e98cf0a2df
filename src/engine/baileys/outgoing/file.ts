import type { OutgoingFile } from "../../../domain/outgoing.ts";
import { generateWAMessageContent, type proto } from "../library.ts";
import { onceOnly } from "./once.ts";
import { said } from "./said.ts";

type AnyContent = Parameters<typeof generateWAMessageContent>[0];
type MessageOptions = Parameters<typeof generateWAMessageContent>[1];

/** Uploads an encrypted file to WhatsApp's media servers. */
export type Upload = MessageOptions["upload"];

export interface FileOptions {
  readonly upload: Upload;
  readonly logger: NonNullable<MessageOptions["logger"]>;
  /** Where it goes: what is for a channel is uploaded as it is. */
  readonly jid: string;
}

/** Encrypts a file where it is not for everybody, uploads it, and describes it as phones want to have it described. */
export async function fileMessage(
  file: OutgoingFile,
  options: FileOptions,
): Promise<proto.IMessage> {
  const message: proto.IMessage = await generateWAMessageContent(descriptionOf(file), options);
  const { messageContextInfo = null, ...part } = message;
  const { videoMessage } = part;
  const isNote = file.form === "VIDEO_NOTE" && videoMessage;
  const shown: proto.IMessage = isNote ? { ptvMessage: videoMessage } : part;
  return { ...(file.isViewOnce ? onceOnly(shown) : shown), messageContextInfo };
}

function descriptionOf(file: OutgoingFile): AnyContent {
  const { path: url, mimetype, caption, thumbnail, fileName, form, duration, width, height } = file;
  const size = { ...(width && { width }), ...(height && { height }) };
  const length = duration ? { seconds: duration } : {};
  // Left out, Baileys would look into the file itself, with whatever tools it finds.
  const preview = { jpegThumbnail: thumbnail ?? "" };
  switch (file.kind) {
    case "IMAGE":
      return { image: { url }, mimetype, ...said({ caption }), ...preview, ...size };
    case "VIDEO": {
      const shown = { mimetype, ...said({ caption }), ...preview, ...size, ...length };
      return { video: { url }, ...shown, gifPlayback: form === "GIF" };
    }
    case "AUDIO": {
      const waveform = Uint8Array.from(file.waveform ?? []);
      return {
        audio: { url },
        mimetype,
        ptt: form === "VOICE_NOTE",
        waveform,
        seconds: duration ?? 0,
      } as AnyContent;
    }
    case "STICKER":
      return { sticker: { url }, mimetype, ...size, isAnimated: form === "ANIMATED" };
    case "DOCUMENT": {
      const named = said({ fileName, caption, jpegThumbnail: thumbnail });
      return { document: { url }, mimetype, ...named };
    }
  }
}
