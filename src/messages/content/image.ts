import { GatewayError } from "../../domain/errors.ts";
import { thumbnailOf } from "./thumbnail.ts";

/** What WhatsApp shows as an image. Others are sent as files. */
const MIMETYPES: Readonly<Record<string, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
};

/** A decompression bomb would take gigabytes; the largest phone cameras make 200 megapixels. */
export const MAX_PIXELS = 220_000_000;

export interface ImageFacts {
  readonly mimetype: string;
  readonly width: number;
  readonly height: number;
  /** A small JPEG, base64. */
  readonly thumbnail: string;
}

/** @throws GatewayError MEDIA_INVALID */
export async function checkImage(path: string): Promise<ImageFacts> {
  // A tenth of every start otherwise, for what most gateways need much later.
  const { default: sharp } = await import("sharp");
  try {
    const image = sharp(path, { limitInputPixels: MAX_PIXELS });
    const { format, autoOrient } = await image.metadata();
    const mimetype = MIMETYPES[format];
    if (!mimetype) throw new Error(`it is ${format}`);
    const { width, height } = autoOrient;
    return { mimetype, width, height, thumbnail: await thumbnailOf(image) };
  } catch (cause) {
    throw new GatewayError(
      "MEDIA_INVALID",
      "This is no JPEG, PNG or WebP image. Send other kinds of files with sendFile.",
      {},
      cause,
    );
  }
}
