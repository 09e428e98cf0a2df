import { rename, stat, writeFile } from "node:fs/promises";
import type { Sharp } from "sharp";
import { GatewayError } from "../../domain/errors.ts";
import type { MediaForm } from "../../domain/content.ts";
import { MAX_PIXELS } from "./image.ts";

/** Stickers are squares of this many pixels. */
const SIDE = 512;

/** WhatsApp's bounds, in bytes: phones do not show what is larger. */
const MAX_BYTES = { still: 100 * 1024, animated: 500 * 1024 };

/** From good to just recognisable, until it is small enough. */
const QUALITIES = [85, 60, 40, 20, 5];

/** More frames than ten seconds have would take minutes to encode. */
const MAX_FRAMES = 300;

export interface StickerFacts {
  readonly mimetype: "image/webp";
  readonly width: number;
  readonly height: number;
  readonly form: Extract<MediaForm, "ANIMATED"> | null;
  readonly thumbnail: null;
}

/**
 * Makes the file a sticker: WebP, 512 by 512 with transparent edges, small enough. One that is a sticker already
 * stays as it is.
 * @throws GatewayError MEDIA_INVALID, MEDIA_TOO_LARGE
 */
export async function checkSticker(path: string): Promise<StickerFacts> {
  const { default: sharp } = await import("sharp");
  const open = (): Sharp => sharp(path, { animated: true, limitInputPixels: MAX_PIXELS });
  const { format, width, height, pages = 1 } = await open().metadata().catch(invalid);
  if (pages > MAX_FRAMES) throw tooLarge();
  const form = pages > 1 ? "ANIMATED" : null;
  const maxBytes = form ? MAX_BYTES.animated : MAX_BYTES.still;
  const facts = {
    mimetype: "image/webp",
    width: SIDE,
    height: SIDE,
    form,
    thumbnail: null,
  } as const;
  const isSticker = format === "webp" && width === SIDE && height === SIDE * pages;
  if (isSticker && (await stat(path)).size <= maxBytes) return facts;
  for (const quality of QUALITIES) {
    const bytes = await squared(open(), quality).catch(invalid);
    if (bytes.length > maxBytes) continue;
    // Never half a file under its name.
    await writeFile(`${path}.webp`, bytes, { mode: 0o600 });
    await rename(`${path}.webp`, path);
    return facts;
  }
  throw tooLarge();
}

function squared(image: Sharp, quality: number): Promise<Buffer> {
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return image
    .resize({ width: SIDE, height: SIDE, fit: "contain", background })
    .webp({ quality, alphaQuality: quality })
    .toBuffer();
}

function invalid(cause: unknown): never {
  throw new GatewayError(
    "MEDIA_INVALID",
    "A sticker is made of a WebP, PNG, JPEG or GIF image, and this is none.",
    {},
    cause,
  );
}

function tooLarge(): GatewayError {
  return new GatewayError(
    "MEDIA_TOO_LARGE",
    `No sticker of at most ${MAX_BYTES.still / 1024} KiB, or ${MAX_BYTES.animated / 1024} KiB when it moves, can be made of this image.`,
  );
}
