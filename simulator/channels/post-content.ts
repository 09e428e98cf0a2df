import { proto } from "@whiskeysockets/baileys";
import { sha256 } from "../media/media-crypto.ts";
import { mediaPath } from "../media/media-server.ts";
import type { MediaStore } from "../media/media-store.ts";

export type PostContent =
  | { readonly text: string }
  | { readonly image: { readonly bytes: Uint8Array; readonly caption?: string } };

export interface ComposedPost {
  readonly message: Uint8Array;
  readonly type: "text" | "media";
  readonly mediaType?: "image";
}

/** Files of channels are for everybody, and lie at WhatsApp as they are. */
export function composePost(
  content: PostContent,
  media: MediaStore,
  mediaHost: string,
): ComposedPost {
  if ("text" in content) return { message: encoded({ conversation: content.text }), type: "text" };
  const bytes = Buffer.from(content.image.bytes);
  const fileSha256 = sha256(bytes);
  const directPath = mediaPath("image", fileSha256);
  media.put(directPath, bytes);
  const { caption = null } = content.image;
  const imageMessage = {
    url: `https://${mediaHost}${directPath}`,
    directPath,
    fileSha256,
    fileLength: bytes.length,
    mimetype: "image/jpeg",
    ...(caption !== null && { caption }),
  };
  return { message: encoded({ imageMessage }), type: "media", mediaType: "image" };
}

function encoded(message: proto.IMessage): Uint8Array {
  return proto.Message.encode(message).finish();
}
