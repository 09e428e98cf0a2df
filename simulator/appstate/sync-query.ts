import { proto } from "@whiskeysockets/baileys";
import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import type { Faults } from "../faults/faults.ts";
import { sealMedia } from "../media/media-crypto.ts";
import type { MediaStore } from "../media/media-store.ts";
import { type BinaryNode, childNamed, childrenNamed, iqResult } from "../protocol/nodes.ts";
import { type CollectionName, isCollection } from "./collection-name.ts";
import { tellCollections } from "./notice.ts";

export interface SyncRooms {
  readonly media: MediaStore;
  readonly faults: Faults;
}

/** Patches in one answer; whoever is further behind asks again. */
const MAX_ANSWERED = 50;
const CONFLICT = 409;

/** `iq w:sync:app:state`: a device asks what others have agreed on, and writes what its user has done. */
export async function answerSync(
  iq: BinaryNode,
  account: AccountState,
  companion: Companion,
  rooms: SyncRooms,
): Promise<BinaryNode> {
  const asked = childrenNamed(childNamed(iq, "sync"), "collection");
  const content = await Promise.all(
    asked.map(async (node) => answerCollection(node, account, companion, rooms)),
  );
  return iqResult(iq, [{ tag: "sync", attrs: {}, content }]);
}

async function answerCollection(
  node: BinaryNode,
  account: AccountState,
  companion: Companion,
  { media, faults }: SyncRooms,
): Promise<BinaryNode> {
  const { name, version: base = "0", return_snapshot: wantsSnapshot } = node.attrs;
  if (!isCollection(name)) return refusal({ name: name ?? "" }, 400, "bad-request");
  const patch = childNamed(node, "patch")?.content;
  const collection = account.appState.collections[name];
  if (patch instanceof Uint8Array) {
    const fault = faults.take("syncError", account.phone);
    if (fault !== undefined || !collection.push(Number(base), patch)) {
      const code = fault?.code ?? CONFLICT;
      const behind = code === CONFLICT ? patchesSince(collection.since(Number(base)) ?? []) : [];
      const text = code === CONFLICT ? "conflict" : "bad-request";
      return refusal({ name }, code, text, behind);
    }
    const attrs = { name, version: String(collection.version) };
    tellOthers(account, companion, name);
    return { tag: "collection", attrs };
  }
  const patches = collection.since(Number(base));
  const attrs = { name, version: base };
  if (patches === undefined || (wantsSnapshot === "true" && collection.version > 0)) {
    const content = await sealed(collection.snapshot() ?? Buffer.alloc(0), media);
    return { tag: "collection", attrs, content: [{ tag: "snapshot", attrs: {}, content }] };
  }
  const more = patches.length > MAX_ANSWERED ? { has_more_patches: "true" } : {};
  return {
    tag: "collection",
    attrs: { ...attrs, ...more },
    content: patchesSince(patches.slice(0, MAX_ANSWERED)),
  };
}

function tellOthers(account: AccountState, companion: Companion, name: CollectionName): void {
  const others = account.companions.filter((other) => other !== companion);
  tellCollections(account, others, [name]);
  // What the phone cannot read is counted there.
  const { appState } = account;
  appState
    .pull(name)
    .then(() => (account.name = appState.ownName ?? account.name))
    .catch(() => (appState.invalid += 1));
}

function patchesSince(patches: readonly Uint8Array[]): BinaryNode[] {
  if (patches.length === 0) return [];
  const content = patches.map((bytes) => ({ tag: "patch", attrs: {}, content: bytes }));
  return [{ tag: "patches", attrs: {}, content }];
}

function refusal(
  attrs: Readonly<Record<string, string>>,
  code: number,
  text: string,
  more: readonly BinaryNode[] = [],
): BinaryNode {
  const error = { tag: "error", attrs: { code: String(code), text } };
  return { tag: "collection", attrs: { ...attrs, type: "error" }, content: [error, ...more] };
}

/** A snapshot lies on the media server; what is answered is where, and its key. */
async function sealed(snapshot: Uint8Array, media: MediaStore): Promise<Uint8Array> {
  const {
    mediaKey,
    sealed: file,
    fileSha256,
    fileEncSha256,
  } = await sealMedia(snapshot, "md-app-state");
  const directPath = `/mms/md-app-state/${fileEncSha256.toString("base64url")}`;
  media.put(directPath, file);
  return proto.ExternalBlobReference.encode({
    mediaKey,
    directPath,
    fileSha256,
    fileEncSha256,
    fileSizeBytes: snapshot.length,
  }).finish();
}
