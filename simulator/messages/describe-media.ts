import type { MediaType, proto } from "@whiskeysockets/baileys";
import { openMedia, sha256 } from "../media/media-crypto.ts";
import type { MediaStore } from "../media/media-store.ts";
import { context, type Description, type Mutable } from "./description.ts";

/** Reads an attachment as a phone would; undefined when there is none. */
export async function describeMedia(
  content: proto.IMessage,
  store: MediaStore,
): Promise<Description | undefined> {
  const { videoMessage, ptvMessage, audioMessage, stickerMessage } = content;
  const media: readonly (readonly [
    MediaType & Description["type"],
    MediaFields | null | undefined,
  ])[] = [
    ["image", content.imageMessage],
    ["video", videoMessage ?? ptvMessage],
    ["audio", audioMessage],
    ["document", content.documentMessage],
    ["sticker", stickerMessage],
  ];
  for (const [type, fields] of media) {
    if (!fields) continue;
    const bytes = await fetchBytes(type, fields, store);
    return { type, ...texts(fields), ...looks(content), ...bytes };
  }
  return undefined;
}

/** How a phone would show it, where that is not as usual. */
function looks({ videoMessage, ptvMessage, audioMessage, stickerMessage }: proto.IMessage) {
  const found: Partial<Mutable<Description>> = {};
  if (ptvMessage) found.form = "note";
  if (videoMessage?.gifPlayback) found.form = "gif";
  if (audioMessage?.ptt) found.form = "voice";
  if (stickerMessage?.isAnimated) found.form = "animated";
  const seconds = (videoMessage ?? ptvMessage ?? audioMessage)?.seconds;
  if (seconds) found.seconds = seconds;
  if (audioMessage?.waveform?.length) found.waveform = [...audioMessage.waveform];
  return found;
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
