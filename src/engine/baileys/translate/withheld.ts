import type { IncomingMessage } from "../../engine.ts";
import type { AddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import { envelopeOf, type Self } from "./envelope.ts";
import { unreadable } from "./message.ts";

/** Ciphertexts that a linked device can open. */
const READABLE: ReadonlySet<string | undefined> = new Set(["pkmsg", "msg", "skmsg"]);

/**
 * A message that WhatsApp tells of and does not show to linked devices: view-once ones, those of some bots,
 * those that are sent in a way this device does not know. It never comes to the inbox, and where the
 * phone hands it over later it takes the place of this one.
 */
export async function withheldOf(
  node: BinaryNode,
  me: Self | undefined,
  book: AddressBook,
): Promise<IncomingMessage | undefined> {
  if (!Array.isArray(node.content) || node.attrs["category"] === "peer") return undefined;
  const isReadable = node.content.some(
    ({ tag, attrs }) => tag === "enc" && READABLE.has(attrs["type"]),
  );
  const isWithheld = node.content.some(({ tag }) => tag === "enc" || tag === "unavailable");
  if (isReadable || !isWithheld) return undefined;
  const envelope = me && envelopeOf(node.attrs, me);
  if (envelope === undefined) return undefined;
  const isViewOnce = node.content.some(({ attrs }) => attrs["type"] === "view_once");
  return unreadable(envelope, isViewOnce ? "UNSUPPORTED" : "UNDECRYPTABLE", book);
}
