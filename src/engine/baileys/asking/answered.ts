import { GatewayError } from "../../../domain/errors.ts";
import type { BinaryNode } from "../library.ts";

/** Gives nothing when no answer came in time. */
export type Query = (node: BinaryNode) => Promise<BinaryNode | undefined>;

/**
 * Asks WhatsApp and waits for the answer. Baileys' own calls take silence for an answer: what was not changed would
 * look changed, and who was not asked about would look like nobody.
 * @param refusalOf what a refusal is for the caller
 * @throws GatewayError UNAVAILABLE for silence, and what `refusalOf` makes of a refusal
 */
export async function answered(
  query: Query,
  node: BinaryNode,
  refusalOf: (error: unknown) => unknown,
): Promise<BinaryNode> {
  const answer = await query(node).catch((error: unknown) => {
    throw refusalOf(error);
  });
  if (answer !== undefined) return answer;
  throw silence(node.attrs["type"] === "set");
}

function silence(isChange: boolean): GatewayError {
  const message = isChange
    ? "WhatsApp did not answer in time. Look whether it was done before you try again."
    : "WhatsApp did not answer in time. Try again.";
  return new GatewayError("UNAVAILABLE", message);
}
