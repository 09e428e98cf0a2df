import { createHash } from "node:crypto";
import type { RawStanza } from "../../../domain/event.ts";
import { type BinaryNode, encodeBinaryNode } from "../library.ts";

/**
 * A stanza as it came. It is told from others by who sent it and by its id, which is the sender's
 * choice: together they let nobody suppress another's. When it comes again it says `offline`, and
 * nothing else about it differs.
 */
export function rawStanza(node: BinaryNode): RawStanza {
  const { offline: _, ...attrs } = node.attrs;
  const { from, participant, id, type } = attrs;
  const identity = JSON.stringify([node.tag, from, participant, id, type]);
  return {
    hash: createHash("sha256").update(identity).digest("hex"),
    attributes: JSON.stringify(attrs),
    bytes: encodeBinaryNode({ ...node, attrs }),
  };
}
