import type { IncomingMessage } from "../../engine.ts";
import type { AddressBook } from "../address-book.ts";
import { type BaileysEventMap, proto } from "../library.ts";
import { envelopeOfKey, type Self } from "../translate/envelope.ts";
import { addressLetter, openLetter } from "../translate/message.ts";

/**
 * Messages that the own phone handed over when it was asked for what could not be read here. All others are
 * reported before Baileys tells of them, see `inbox.ts` and `translate/withheld.ts`.
 */
export async function resentOf(
  { messages, requestId }: BaileysEventMap["messages.upsert"],
  me: Self,
  book: AddressBook,
  waited: boolean,
): Promise<readonly IncomingMessage[]> {
  if (requestId === undefined) return [];
  const letters = messages.flatMap((resent) => {
    const envelope = envelopeOfKey(resent, me, waited);
    // `peer` is what our own devices say to each other.
    if (envelope === undefined || resent.category === "peer" || !resent.message) return [];
    return openLetter(envelope, proto.Message.encode(resent.message).finish()) ?? [];
  });
  return Promise.all(letters.map((letter) => addressLetter(letter, book, null)));
}
