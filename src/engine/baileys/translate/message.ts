import type { Content } from "../../../domain/content.ts";
import { asError } from "../../../domain/errors.ts";
import type { Log } from "../../../lib/log.ts";
import type { AddressBook } from "../address-book.ts";
import type { IncomingMessage } from "../../engine.ts";
import { proto } from "../library.ts";
import { contentOf, UNSUPPORTED } from "./content.ts";
import type { Envelope } from "./envelope.ts";

/** A message whose content is known, before its people are. */
export interface Letter {
  readonly envelope: Envelope;
  readonly content: Content;
  readonly raw: Uint8Array;
}

/**
 * Opens the encoded `Message` of a stanza; nothing when it says nothing to people.
 * What our own phone sent comes wrapped together with the chat it went to.
 * @throws Error when the bytes are no `Message`.
 */
export function openLetter(envelope: Envelope, bytes: Uint8Array): Letter | undefined {
  const message = proto.Message.decode(bytes);
  const { message: inner, destinationJid } = message.deviceSentMessage ?? {};
  const content = contentOf(inner ?? message);
  if (content === undefined) return undefined;
  if (!inner) return { envelope, content, raw: bytes };
  const raw = proto.Message.encode(inner).finish();
  // Only our own phone may name another chat than the one the stanza came in.
  const named =
    envelope.fromMe && destinationJid ? [...envelope.chat, destinationJid] : envelope.chat;
  return { envelope: { ...envelope, chat: named }, content, raw };
}

/**
 * The same for what cannot be decoded: somebody wrote it, and no retry will bring it in a better shape,
 * so it is kept as it came.
 */
export function openOrKeep(
  envelope: Envelope,
  raw: Uint8Array,
  log: Log,
  unpad: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Letter | undefined {
  try {
    return openLetter(envelope, unpad(raw));
  } catch (error) {
    log.warn("a message could not be decoded", { error: asError(error).message });
    return { envelope, content: UNSUPPORTED, raw };
  }
}

export async function addressLetter(
  { envelope, content, raw }: Letter,
  book: AddressBook,
  inbox: string | null,
): Promise<IncomingMessage> {
  return { ...(await addressEnvelope(envelope, book)), ...content, raw, inbox };
}

/** The fact that something came which this device could not read. */
export async function unreadable(
  envelope: Envelope,
  kind: "UNDECRYPTABLE" | "UNSUPPORTED",
  book: AddressBook,
): Promise<IncomingMessage> {
  const addressed = await addressEnvelope(envelope, book);
  return { ...addressed, ...UNSUPPORTED, kind, raw: null, inbox: null };
}

async function addressEnvelope(envelope: Envelope, book: AddressBook) {
  const { id, fromMe, timestamp, whileOffline, senderName: name } = envelope;
  const [chat, sender] = await Promise.all([
    book.complete(envelope.chat),
    book.complete(envelope.sender),
  ]);
  return { id, chat, sender: { ...sender, name }, fromMe, timestamp, whileOffline };
}
