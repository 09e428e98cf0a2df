import { GatewayError } from "../domain/errors.ts";

/** What WhatsApp shows as an image. Others are sent as files. */
const MIMETYPES: Readonly<Record<string, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
};

/** Pixels of the longer side of the preview that travels inside the message; WhatsApp's own are of this size. */
const THUMBNAIL_PIXELS = 96;

export interface ImageFacts {
  readonly mimetype: string;
  /** A small JPEG, base64. */
  readonly thumbnail: string;
}

/** @throws GatewayError MEDIA_INVALID */
export async function inspectImage(path: string): Promise<ImageFacts> {
  // A tenth of every start otherwise, for what most gateways need much later.
  const { default: sharp } = await import("sharp");
  try {
    const image = sharp(path, { limitInputPixels: MAX_PIXELS });
    const { format } = await image.metadata();
    const mimetype = MIMETYPES[format];
    if (!mimetype) throw new Error(`it is ${format}`);
    const size = { width: THUMBNAIL_PIXELS, height: THUMBNAIL_PIXELS, fit: "inside" } as const;
    const thumbnail = await image.rotate().resize(size).jpeg({ quality: 50 }).toBuffer();
    return { mimetype, thumbnail: thumbnail.toString("base64") };
  } catch (cause) {
    throw new GatewayError(
      "MEDIA_INVALID",
      "This is no JPEG, PNG or WebP image. Send other kinds of files with sendFile.",
      {},
      cause,
    );
  }
}

/** A decompression bomb would take gigabytes; the largest phone cameras make 200 megapixels. */
const MAX_PIXELS = 220_000_000;
