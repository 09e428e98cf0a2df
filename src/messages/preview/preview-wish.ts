import { decodeBase64 } from "../../domain/media-source.ts";
import { GatewayError } from "../../domain/errors.ts";
import { storableText } from "../../domain/text.ts";
import type { Outbound } from "../../outbound/outbound.ts";
import { fetchPreview, type OutgoingPreview } from "./link-preview.ts";
import { previewThumbnail } from "./preview-thumbnail.ts";

/** What a caller wants to be shown of a link in a text. */
export type PreviewWish =
  | { readonly kind: "AUTO" }
  | {
      readonly kind: "CUSTOM";
      readonly url: string;
      readonly title: string;
      readonly description?: string | null | undefined;
      /** A picture, base64. */
      readonly thumbnail?: string | null | undefined;
    };

/** Longer words are cut by every phone. */
const MAX_WORDS = 1_000;

/** It is made 192 pixels wide. In bytes. */
const MAX_THUMBNAIL = 1_024 * 1_024;

/** @throws GatewayError BAD_INPUT, MEDIA_INVALID: of what the caller has written, never of a page */
export async function previewFor(
  text: string,
  wish: PreviewWish | null | undefined,
  request: Outbound["request"],
): Promise<OutgoingPreview | null> {
  if (!wish) return null;
  if (wish.kind === "AUTO") return fetchPreview(text, request);
  const { url, thumbnail } = wish;
  if (!URL.canParse(url) || !text.includes(url)) {
    throw bad("The url of a link preview is one that stands in the text.");
  }
  const title = storableText(wish.title).trim();
  const description = storableText(wish.description ?? "").trim() || null;
  if (title === "" || Math.max(title.length, description?.length ?? 0) > MAX_WORDS) {
    throw bad(
      `A link preview has a title, and neither it nor its description is over ${MAX_WORDS} characters.`,
    );
  }
  return { url, title, description, thumbnail: thumbnail ? await pictureOf(thumbnail) : null };
}

async function pictureOf(base64: string): Promise<string> {
  const bytes = decodeBase64(base64);
  if (bytes.length > MAX_THUMBNAIL) throw bad("The thumbnail of a link preview is over 1 MiB.");
  try {
    return await previewThumbnail(bytes);
  } catch (cause) {
    const message = "The thumbnail of a link preview is a JPEG, PNG, WebP or GIF image in base64.";
    throw new GatewayError("MEDIA_INVALID", message, {}, cause);
  }
}

function bad(message: string): GatewayError {
  return new GatewayError("BAD_INPUT", message);
}
