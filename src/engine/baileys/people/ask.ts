import { GatewayError } from "../../../domain/errors.ts";
import type { BinaryNode } from "../library.ts";
import { refusalOf } from "./refusal.ts";

/**
 * Asks WhatsApp and waits for the answer. Baileys' own calls take silence for an answer: numbers that nobody was
 * asked about would look free, and somebody who was not blocked would look blocked.
 * @throws GatewayError as `PeopleCalls` says
 */
export type Ask = (node: BinaryNode) => Promise<BinaryNode>;

/** A socket, as far as it is asked. */
interface Asked {
  /** Gives nothing when no answer came in time. */
  query(node: BinaryNode): Promise<BinaryNode | undefined>;
}

export function askerOf(socket: Asked): Ask {
  return async (node) => {
    const answer = await socket.query(node).catch((error: unknown) => {
      throw refusalOf(error);
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
