import { Readable } from "node:stream";
import { GatewayError } from "../../domain/errors.ts";
import type { FileSource, MediaSource } from "../../domain/media-source.ts";
import type { Context } from "../context.ts";

/** @throws GatewayError BAD_INPUT */
export function sourceOf(media: {
  readonly url?: string | null | undefined;
  readonly base64?: string | null | undefined;
  readonly messageUid?: string | null | undefined;
  readonly upload?: File | null | undefined;
}): MediaSource {
  if (media.url) return { url: media.url };
  if (media.messageUid) return { messageUid: media.messageUid };
  if (media.base64) return { base64: media.base64 };
  if (media.upload) {
    const { name, type } = media.upload;
    return {
      stream: Readable.from(bytesOf(media.upload)),
      fileName: name || null,
      mimetype: type || null,
    };
  }
  throw new GatewayError(
    "BAD_INPUT",
    "The media is empty. Give a URL, base64, an upload or a message's uid.",
    {
      argument: "media",
    },
  );
}

/** The same as bytes: a picture of an account or a group is made of them. */
export async function fileOf(
  media: Parameters<typeof sourceOf>[0],
  { messages }: Pick<Context, "messages">,
): Promise<FileSource> {
  const source = sourceOf(media);
  return "messageUid" in source ? messages.attachment(source.messageUid) : source;
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
