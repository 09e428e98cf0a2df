import { Readable } from "node:stream";
import { GatewayError } from "../../domain/errors.ts";
import type { MediaSource } from "../../domain/media-source.ts";

/** @throws GatewayError BAD_INPUT */
export function sourceOf(media: {
  readonly url?: string | null | undefined;
  readonly base64?: string | null | undefined;
  readonly upload?: File | null | undefined;
}): MediaSource {
  if (media.url) return { url: media.url };
  if (media.base64) return { base64: media.base64 };
  if (media.upload) {
    const { name, type } = media.upload;
    return {
      stream: Readable.from(bytesOf(media.upload)),
      fileName: name || null,
      mimetype: type || null,
    };
  }
  throw new GatewayError("BAD_INPUT", "The media is empty. Give a URL, base64 or an upload.", {
    argument: "media",
  });
}

/** Read by its reader: the server's own stream class is not the one that Node converts. */
async function* bytesOf(file: File): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = file.stream().getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel();
  }
}
