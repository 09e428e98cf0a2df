import { bareJid, isChannel } from "../../../domain/address.ts";
import type { MessageId } from "../../../domain/ids.ts";
import type { Log } from "../../../lib/log.ts";
import type { IncomingMessage } from "../../engine.ts";
import type { AddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import { addressLetter, openLetter, openOrKeep } from "./message.ts";
import { timeOf } from "./names.ts";

/**
 * A post of a channel: it comes in clear, so no inbox holds it. Nothing for other messages; a direct
 * one that claims to need no decryption would be whatever the server likes, and is not believed.
 */
export async function channelPostOf(
  { attrs, content }: BinaryNode,
  book: AddressBook,
  log: Log,
): Promise<IncomingMessage | undefined> {
  const { id, from, t, notify, offline } = attrs;
  if (!id || from === undefined || !isChannel(from) || !Array.isArray(content)) return undefined;
  const plain = content.find(({ tag }) => tag === "plaintext")?.content;
  if (!(plain instanceof Uint8Array)) return undefined;
  const channel = [bareJid(from)];
  const envelope = {
    id: id as MessageId,
    chat: channel,
    // Who of its admins wrote it is not told.
    sender: channel,
    senderName: notify ?? null,
    fromMe: false,
    timestamp: timeOf(t),
    whileOffline: offline !== undefined,
    byAdmin: false,
  };
  const letter = openOrKeep(envelope, plain, log, openLetter);
  return letter && addressLetter(letter, book, null);
}
