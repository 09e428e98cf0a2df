import type { AddressBook } from "../address-book.ts";
import type { Envelope } from "./envelope.ts";

/** Completes the names of the people on an envelope. */
export async function addressEnvelope(envelope: Envelope, book: AddressBook) {
  const { id, fromMe, timestamp, whileOffline, senderName: name } = envelope;
  const [chat, sender] = await Promise.all([
    book.complete(envelope.chat),
    book.complete(envelope.sender),
  ]);
  return { id, chat, sender: { ...sender, name }, fromMe, timestamp, whileOffline };
}
