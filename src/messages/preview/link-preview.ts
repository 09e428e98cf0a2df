import type { LinkPreview } from "../../domain/content.ts";
import { storableText } from "../../domain/text.ts";
import { startDeadline } from "../../lib/deadline.ts";
import { abortable } from "../../lib/abortable.ts";
import type { Outbound } from "../../outbound/outbound.ts";
import { readHead } from "./head.ts";
import { fetchBeginning, type Fetched } from "./page.ts";
import { previewThumbnail } from "./preview-thumbnail.ts";

/** A preview on its way out. */
export interface OutgoingPreview extends LinkPreview {
  /** A small JPEG, base64. */
  readonly thumbnail: string | null;
}

/** All that is waited for a page and its picture together, in milliseconds: a text is not to wait for longer. */
const PATIENCE_MS = 5_000;

/** A page's head is at its beginning, and seldom larger. */
const PAGE_BYTES = 256 * 1_024;

/** Pictures for previews are some hundred kilobytes. */
const IMAGE_BYTES = 2 * 1_024 * 1_024;

/** What phones show of them without cutting. */
const MAX_TITLE = 300;
const MAX_DESCRIPTION = 500;

/** The first address in a text, without the full stop or bracket that ends the sentence. */
function linkIn(text: string): string | undefined {
  const found = /\bhttps?:\/\/[^\s<>"]+/i.exec(text)?.[0].replace(/[.,;:!?'")\]]+$/, "");
  return found !== undefined && URL.canParse(found) ? found : undefined;
}

/**
 * What the page behind the first address in a text says of itself. Whatever goes wrong, the text goes without:
 * a preview is a nicety. Never rejects.
 */
export async function fetchPreview(
  text: string,
  request: Outbound["request"],
): Promise<OutgoingPreview | null> {
  const link = linkIn(text);
  if (link === undefined) return null;
  using deadline = startDeadline(PATIENCE_MS);
  const { signal } = deadline;
  try {
    const page = await fetchBeginning(request, link, PAGE_BYTES, signal);
    if (!page || !page.contentType.startsWith("text/html")) return null;
    const { image, ...said } = readHead(decode(page));
    const title = cut(said.title, MAX_TITLE);
    if (title === null) return null;
    const description = cut(said.description, MAX_DESCRIPTION);
    const address = image === null ? null : URL.parse(image.trim(), page.url);
    const thumbnail = address && (await fetchThumbnail(address.href, request, signal));
    return { url: link, title, description, thumbnail };
  } catch {
    return null;
  }
}

async function fetchThumbnail(
  address: string,
  request: Outbound["request"],
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const image = await fetchBeginning(request, address, IMAGE_BYTES, signal);
    if (!image || image.truncated) return null;
    return await abortable(previewThumbnail(image.bytes), signal);
  } catch {
    return null;
  }
}

/** In the encoding that the server names, or the page, or else UTF-8. */
function decode({ contentType, bytes }: Fetched): string {
  const beginning = Buffer.from(bytes.subarray(0, 1_024)).toString("latin1");
  const named = /charset\s*=\s*["']?([\w-]+)/i;
  const label = named.exec(contentType)?.[1] ?? named.exec(beginning)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function cut(text: string | null, most: number): string | null {
  const words = storableText(text ?? "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return (words.length > most ? `${words.slice(0, most - 1)}…` : words).toWellFormed() || null;
}
