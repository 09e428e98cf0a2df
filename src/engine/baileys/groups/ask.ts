import { answered, type Query } from "../asking/answered.ts";
import type { BinaryNode } from "../library.ts";
import { type Asking, refusalOf } from "./refusal.ts";

/** @throws GatewayError as `GroupCalls` says */
export type Ask = (node: BinaryNode, asking: Asking) => Promise<BinaryNode>;

export function asker(query: Query): Ask {
  return (node, asking) => answered(query, node, (error) => refusalOf(error, asking));
}

/** WhatsApp's address for what is about no group in particular. */
export const ALL_GROUPS = "@g.us";

/** A question or a command about a group. */
export function groupQuery(to: string, type: "get" | "set", content: BinaryNode): BinaryNode {
  return { tag: "iq", attrs: { type, xmlns: "w:g2", to }, content: [content] };
}
