import { type Envelope, receiptOrigin } from "../messages/envelope.ts";
import { accountJid } from "../protocol/jid.ts";
import { attributes, type BinaryNode, unixSeconds } from "../protocol/nodes.ts";
import type { ReceiptType } from "./receipt-log.ts";

export type ReceiptAbout = Pick<Envelope, "chat" | "addressing" | "sender">;

export function deliveredReceipt(envelope: Envelope, reader: string): BinaryNode {
  return receiptStanza(envelope, reader, [envelope.id], "delivered");
}

/** A receipt of the account `reader` for messages of one sender; further ids go into a list. */
export function receiptStanza(
  about: ReceiptAbout,
  reader: string,
  ids: readonly string[],
  type: ReceiptType,
): BinaryNode {
  const origin = receiptOrigin(about, { phone: reader, device: 0 });
  // "Delivered" is the receipt without a type.
  return receiptNode(origin, ids, type === "delivered" ? undefined : type);
}

/** What the phone of `reader` has read, told to the other devices of the same account. */
export function ownReadStanza(
  { chat, addressing, sender }: ReceiptAbout,
  reader: string,
  ids: readonly string[],
  isPrivate: boolean,
): BinaryNode {
  const from = accountJid(reader, addressing);
  const author = accountJid(sender.phone, addressing);
  const origin =
    chat.kind === "group" ? { from: chat.jid, participant: from } : { from, recipient: author };
  return receiptNode(origin, ids, isPrivate ? "read-self" : "read");
}

function receiptNode(
  origin: Readonly<Record<string, string>>,
  ids: readonly string[],
  type: string | undefined,
): BinaryNode {
  const [id = "", ...others] = ids;
  const attrs = { ...origin, ...attributes({ id, t: String(unixSeconds()), type }) };
  if (others.length === 0) return { tag: "receipt", attrs };
  const content = others.map((other) => ({ tag: "item", attrs: { id: other } }));
  return { tag: "receipt", attrs, content: [{ tag: "list", attrs: {}, content }] };
}
