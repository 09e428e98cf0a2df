import { PN_SERVER } from "../../../domain/address.ts";
import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren } from "../library.ts";

/**
 * WhatsApp's question about several people at once.
 * @param sid another one each time
 * @param asked what to tell of each
 */
export function usyncQuery(
  sid: string,
  asked: readonly string[],
  users: readonly BinaryNode[],
): BinaryNode {
  const query = asked.map((tag) => ({ tag, attrs: {} }));
  return {
    tag: "iq",
    attrs: { to: PN_SERVER, type: "get", xmlns: "usync" },
    content: [
      {
        tag: "usync",
        attrs: { context: "interactive", mode: "query", sid, last: "true", index: "0" },
        content: [
          { tag: "query", attrs: {}, content: query },
          { tag: "list", attrs: {}, content: [...users] },
        ],
      },
    ],
  };
}

/** What was told of each of them. */
export function usersIn(answer: BinaryNode): readonly BinaryNode[] {
  const list = getBinaryNodeChild(getBinaryNodeChild(answer, "usync"), "list");
  return getBinaryNodeChildren(list, "user");
}

/** Short texts come as bytes or as a token. */
export function textIn({ content }: BinaryNode): string {
  if (content instanceof Uint8Array) return Buffer.from(content).toString();
  return typeof content === "string" ? content : "";
}
