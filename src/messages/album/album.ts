import { GatewayError } from "../../domain/errors.ts";
import type { OutgoingContent, OutgoingContext } from "../../domain/outgoing.ts";
import { newId } from "../../lib/ids.ts";
import type { FileContent } from "../content/draft.ts";
import { fingerprintOf } from "../content/fingerprint.ts";
import { type StageNeeds, stageContent } from "../content/stage.ts";

export type AlbumItem = Extract<FileContent, { readonly kind: "IMAGE" | "VIDEO" }>;

/** As many as phones put into one. */
const ITEMS = { least: 2, most: 30 };

/** @throws GatewayError BAD_INPUT */
export function checkItems(items: readonly AlbumItem[]): void {
  if (items.length >= ITEMS.least && items.length <= ITEMS.most) return;
  const message = `An album has from ${ITEMS.least} to ${ITEMS.most} pictures and videos.`;
  throw new GatewayError("BAD_INPUT", message);
}

interface StagedAlbum {
  readonly content: OutgoingContent;
  readonly parts: readonly { readonly uid: string; readonly content: OutgoingContent }[];
  /** Of all files, as JSON. */
  readonly sha256: string;
}

/**
 * Makes the files ready one after the other: of many at once none would be faster, and all would be in memory.
 * @throws GatewayError as `stageContent` does; then no file is left
 */
export async function stageAlbum(
  items: readonly AlbumItem[],
  context: OutgoingContext,
  needs: StageNeeds & { readonly discardFile: (uid: string) => Promise<void> },
): Promise<StagedAlbum> {
  const { disappearsAfter = null } = context;
  const parts: { readonly uid: string; readonly content: OutgoingContent }[] = [];
  const hashes: (string | null)[] = [];
  const uids: string[] = [];
  try {
    for (const item of items) {
      const uid = newId();
      uids.push(uid);
      const staged = await stageContent(item, { quoted: null, disappearsAfter }, needs, uid);
      parts.push({ uid, content: staged.content });
      hashes.push(staged.sha256);
    }
  } catch (error) {
    for (const uid of uids) await needs.discardFile(uid);
    throw error;
  }
  const images = items.filter(({ kind }) => kind === "IMAGE").length;
  const album = { images, videos: items.length - images };
  return { content: { kind: "ALBUM", album, ...context }, parts, sha256: JSON.stringify(hashes) };
}

/** What tells two albums apart; nothing while one of its uploads has not been read. */
export function albumFingerprint(
  items: readonly AlbumItem[],
  sha256: string | null,
): readonly unknown[] | undefined {
  const hashes = sha256 === null ? [] : (JSON.parse(sha256) as (string | null)[]);
  const said = items.map((item, n) => fingerprintOf(item, hashes[n] ?? null));
  return said.every((each) => each !== undefined) ? said : undefined;
}
