import type { IncomingMessage } from "../../engine.ts";
import type { AddressBook } from "../address-book.ts";
import { type BaileysEventMap, proto } from "../library.ts";
import { envelopeOfKey, type Self } from "../translate/envelope.ts";
import { addressLetter, openLetter, unreadable } from "../translate/message.ts";

/**
 * What Baileys reports of messages that never were decrypted here: the ones it could not, the ones
 * that this device may not see, and those that the own phone handed over when asked. All others
 * are reported where they are stored, see `inbox.ts`.
 */
export async function leftoversOf(
  { messages, requestId }: BaileysEventMap["messages.upsert"],
  me: Self,
  book: AddressBook,
  waited: boolean,
): Promise<readonly IncomingMessage[]> {
  const found: IncomingMessage[] = [];
  for (const message of messages) {
    const envelope = envelopeOfKey(message, me, waited);
    // `peer` is what our own devices say to each other.
    if (envelope === undefined || message.category === "peer") continue;
    if (message.messageStubType === proto.WebMessageInfo.StubType.CIPHERTEXT) {
      found.push(await unreadable(envelope, "UNDECRYPTABLE", book));
    } else if (message.key.isViewOnce && !message.message) {
      found.push(await unreadable(envelope, "UNSUPPORTED", book));
    } else if (requestId !== undefined && message.message) {
      const letter = openLetter(envelope, proto.Message.encode(message.message).finish());
      if (letter !== undefined) found.push(await addressLetter(letter, book, null));
    }
  }
  return found;
}
