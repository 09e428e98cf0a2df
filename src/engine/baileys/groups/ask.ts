import { GatewayError } from "../../../domain/errors.ts";
import type { BinaryNode } from "../library.ts";
import { type Asking, refusalOf } from "./refusal.ts";

/**
 * Asks WhatsApp and waits for the answer. Baileys' own calls take silence for an answer: a group that was not
 * changed would look changed, and an account without an answer like one without groups.
 * @throws GatewayError as `GroupCalls` says
 */
export type Ask = (node: BinaryNode, asking: Asking) => Promise<BinaryNode>;

/** @param query gives nothing when no answer came in time */
export function asker(query: (node: BinaryNode) => Promise<BinaryNode | undefined>): Ask {
  return async (node, asking) => {
    const answer = await query(node).catch((error: unknown) => {
      throw refusalOf(error, asking);
    });
    if (answer !== undefined) return answer;
    throw silence(node.attrs["type"] === "set");
  };
}

function silence(isChange: boolean): GatewayError {
  const message = isChange
    ? "WhatsApp did not answer in time. Look whether it was done before you try again."
    : "WhatsApp did not answer in time. Try again.";
  return new GatewayError("UNAVAILABLE", message);
}

/** WhatsApp's address for what is about no group in particular. */
export const ALL_GROUPS = "@g.us";

/** A question or a command about a group. */
export function groupQuery(to: string, type: "get" | "set", content: BinaryNode): BinaryNode {
  return { tag: "iq", attrs: { type, xmlns: "w:g2", to }, content: [content] };
}
