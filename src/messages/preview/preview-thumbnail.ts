import { thumbnailOf } from "../content/thumbnail.ts";

/** Others are drawn by programs that are too powerful for what a stranger's page names, such as SVG. */
const FORMATS: ReadonlySet<string> = new Set(["jpeg", "png", "webp", "gif"]);

/** A small file can claim to be gigabytes of pixels; a picture of 25 megapixels takes 100 MB while it is made small. */
const MAX_PIXELS = 25_000_000;

/** More than any such picture takes. */
const SECONDS = 3;

/** As wide as phones show previews in a chat. */
const PIXELS = 192;

/** A small JPEG, base64. @throws Error for what is no picture */
export async function previewThumbnail(bytes: Uint8Array): Promise<string> {
  const { default: sharp } = await import("sharp");
  const image = sharp(bytes, { limitInputPixels: MAX_PIXELS }).timeout({ seconds: SECONDS });
  const { format } = await image.metadata();
  if (!FORMATS.has(format)) throw new Error(`a preview of ${format}`);
  return thumbnailOf(image, PIXELS);
}
