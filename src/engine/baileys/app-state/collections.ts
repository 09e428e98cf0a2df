import { PN_SERVER } from "../../../domain/address.ts";
import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren, proto } from "../library.ts";

/** The five parts that WhatsApp keeps app state in. */
export const COLLECTIONS = [
  "critical_block",
  "critical_unblock_low",
  "regular_high",
  "regular_low",
  "regular",
] as const;

export type CollectionName = (typeof COLLECTIONS)[number];

export function isCollection(name: string | undefined): name is CollectionName {
  return (COLLECTIONS as readonly (string | undefined)[]).includes(name);
}

/** What is asked of one collection. */
export interface Asked {
  readonly name: CollectionName;
  /** What is known here. */
  readonly version: number;
  readonly wantsSnapshot: boolean;
  /** Encoded, made on that version. */
  readonly patch?: Uint8Array;
}

/** What WhatsApp answers about one collection. */
export interface Answered {
  readonly name: CollectionName;
  readonly patches: readonly proto.SyncdPatch[];
  /** Where the whole of it lies, sealed. */
  readonly snapshot: proto.ExternalBlobReference | null;
  readonly hasMore: boolean;
  /** Why it did nothing. */
  readonly error: { readonly code: number; readonly text: string } | null;
}

export function syncQuery(asked: readonly Asked[]): BinaryNode {
  const content = asked.map(({ name, version, wantsSnapshot, patch }) => {
    const attrs = { name, version: String(version), return_snapshot: String(wantsSnapshot) };
    if (patch === undefined) return { tag: "collection", attrs };
    return { tag: "collection", attrs, content: [{ tag: "patch", attrs: {}, content: patch }] };
  });
  return {
    tag: "iq",
    attrs: { to: PN_SERVER, type: "set", xmlns: "w:sync:app:state" },
    content: [{ tag: "sync", attrs: {}, content }],
  };
}

/** @throws Error when the bytes are none of WhatsApp's */
export function collectionsIn(answer: BinaryNode): readonly Answered[] {
  const nodes = getBinaryNodeChildren(getBinaryNodeChild(answer, "sync"), "collection");
  return nodes.flatMap((node) => {
    const { name, version, type, has_more_patches: more } = node.attrs;
    if (!isCollection(name)) return [];
    const snapshot = bytesOf(getBinaryNodeChild(node, "snapshot"));
    return {
      name,
      patches: patchesIn(node, Number(version)),
      snapshot: snapshot && proto.ExternalBlobReference.decode(snapshot),
      hasMore: more === "true",
      error: type === "error" ? errorIn(node) : null,
    };
  });
}

function patchesIn(node: BinaryNode, version: number): readonly proto.SyncdPatch[] {
  const nodes = getBinaryNodeChildren(getBinaryNodeChild(node, "patches") ?? node, "patch");
  return nodes.flatMap((each, at) => {
    const bytes = bytesOf(each);
    if (bytes === null) return [];
    const patch = proto.SyncdPatch.decode(bytes);
    patch.version ??= { version: version + 1 + at };
    return patch;
  });
}

function errorIn(node: BinaryNode): Answered["error"] {
  const { code, text = "" } = getBinaryNodeChild(node, "error")?.attrs ?? {};
  return { code: Number(code) || 0, text };
}

function bytesOf(node: BinaryNode | undefined): Uint8Array | null {
  return node?.content instanceof Uint8Array ? node.content : null;
}
