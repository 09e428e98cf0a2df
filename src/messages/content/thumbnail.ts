import type { Sharp } from "sharp";

/** Pixels of the longer side of the preview that travels inside the message; WhatsApp's own are of this size. */
const THUMBNAIL_PIXELS = 96;

/** A small JPEG, base64. @throws Error for what is no image */
export async function thumbnailOf(image: Sharp): Promise<string> {
  const size = { width: THUMBNAIL_PIXELS, height: THUMBNAIL_PIXELS, fit: "inside" } as const;
  const thumbnail = await image.rotate().resize(size).jpeg({ quality: 50 }).toBuffer();
  return thumbnail.toString("base64");
}
