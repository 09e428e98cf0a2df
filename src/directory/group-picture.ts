import { GatewayError } from "../domain/errors.ts";
import { decodeBase64, type FileSource, mediaTooLarge } from "../domain/media-source.ts";
import { fetchFile } from "../outbound/file.ts";
import type { Outbound } from "../outbound/outbound.ts";

/** What phones take for a picture; of more WhatsApp would store nothing. */
const PIXELS = 640;

/** As much as a phone's camera makes; it is held in memory to be scaled. */
const MAX_BYTES = 16 * 1024 * 1024;

/** A decompression bomb would take gigabytes; the largest phone cameras make 200 megapixels. */
const MAX_PIXELS = 220_000_000;

/**
 * A caller's image as WhatsApp takes it for a picture: square, the middle of what was given.
 * @throws GatewayError MEDIA_UNREACHABLE, MEDIA_TOO_LARGE, MEDIA_INVALID, INVALID_ADDRESS
 */
export async function pictureOf(
  source: FileSource,
  download: Outbound["download"],
): Promise<Uint8Array> {
  const bytes = await bytesOf(source, download);
  // A tenth of every start otherwise, for what most gateways need much later.
  const { default: sharp } = await import("sharp");
  const size = { width: PIXELS, height: PIXELS, fit: "cover" } as const;
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS });
    return await image.rotate().resize(size).jpeg({ quality: 80 }).toBuffer();
  } catch (cause) {
    const message = "The picture is no JPEG, PNG or WebP image.";
    throw new GatewayError("MEDIA_INVALID", message, {}, cause);
  }
}

function bytesOf(source: FileSource, download: Outbound["download"]): Promise<Buffer> {
  if ("url" in source) {
    return fetchFile(source.url, MAX_BYTES, download, ({ stream }) => collect(stream));
  }
  if ("stream" in source) return collect(source.stream);
  return collect([decodeBase64(source.base64)]);
}

async function collect(stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAX_BYTES) throw mediaTooLarge(MAX_BYTES);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
