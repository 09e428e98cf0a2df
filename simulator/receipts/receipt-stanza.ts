import { type Envelope, receiptOrigin } from "../messages/envelope.ts";
import { type BinaryNode, unixSeconds } from "../protocol/nodes.ts";
import type { ReceiptType } from "./receipt-log.ts";

type About = Pick<Envelope, "chat" | "addressing" | "sender">;

export function deliveredReceipt(envelope: Envelope, reader: string): BinaryNode {
  return receiptStanza(envelope, reader, [envelope.id], "delivered");
}

/** A receipt of the account `reader` for messages of one sender; further ids go into a list. */
export function receiptStanza(
  about: About,
  reader: string,
  ids: readonly string[],
  type: ReceiptType,
): BinaryNode {
  const [id = "", ...others] = ids;
  const attrs: Record<string, string> = {
    ...receiptOrigin(about, { phone: reader, device: 0 }),
    id,
    t: String(unixSeconds()),
  };
  // "Delivered" is the receipt without a type.
  if (type !== "delivered") attrs["type"] = type;
  if (others.length === 0) return { tag: "receipt", attrs };
  const content = others.map((other) => ({ tag: "item", attrs: { id: other } }));
  return { tag: "receipt", attrs, content: [{ tag: "list", attrs: {}, content }] };
}
