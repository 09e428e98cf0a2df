import type { Sharp } from "sharp";

/** Pixels of the longer side of the preview that travels inside the message; WhatsApp's own are of this size. */
const THUMBNAIL_PIXELS = 96;

/** A small JPEG, base64. @throws Error for what is no image */
export async function thumbnailOf(image: Sharp, pixels = THUMBNAIL_PIXELS): Promise<string> {
  const size = { width: pixels, height: pixels, fit: "inside" } as const;
  const thumbnail = await image.rotate().resize(size).jpeg({ quality: 50 }).toBuffer();
  return thumbnail.toString("base64");
}
