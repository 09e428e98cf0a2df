import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildBuffer,
} from "@whiskeysockets/baileys";
import { SERVER } from "./jid.ts";

export type { BinaryNode } from "@whiskeysockets/baileys";

/** The child nodes, none when the content is bytes or text. */
export function childrenOf(node: BinaryNode | undefined): readonly BinaryNode[] {
  return Array.isArray(node?.content) ? node.content : [];
}

export function childrenNamed(node: BinaryNode | undefined, tag: string): readonly BinaryNode[] {
  return childrenOf(node).filter((child) => child.tag === tag);
}

export function childNamed(node: BinaryNode | undefined, tag: string): BinaryNode | undefined {
  return getBinaryNodeChild(node, tag);
}

/** @throws {Error} when the child or its bytes are missing: the stanza is junk */
export function bytesOf(node: BinaryNode | undefined, tag: string): Buffer {
  const bytes = getBinaryNodeChildBuffer(node, tag);
  if (bytes === undefined) throw new Error(`stanza without <${tag}>`);
  return Buffer.from(bytes);
}

/** Content of a node as text; senders write short texts either as bytes or as a token. */
export function textOf(node: BinaryNode | undefined): string {
  const content = node?.content;
  if (typeof content === "string") return content;
  return content instanceof Uint8Array ? Buffer.from(content).toString("utf8") : "";
}

/** The attributes without those that have no value: an attribute is absent, never empty. */
export function attributes(
  from: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const attrs: Record<string, string> = {};
  for (const [name, value] of Object.entries(from)) {
    if (value !== undefined) attrs[name] = value;
  }
  return attrs;
}

export function unixSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

export function iqResult(request: BinaryNode, content?: BinaryNode[]): BinaryNode {
  const attrs = attributes({
    id: request.attrs["id"],
    from: request.attrs["to"] ?? SERVER,
    type: "result",
  });
  return content === undefined ? { tag: "iq", attrs } : { tag: "iq", attrs, content };
}

export function iqError(request: BinaryNode, code: number, text: string): BinaryNode {
  return {
    tag: "iq",
    attrs: attributes({
      id: request.attrs["id"],
      from: request.attrs["to"] ?? SERVER,
      type: "error",
    }),
    content: [{ tag: "error", attrs: { code: String(code), text } }],
  };
}
