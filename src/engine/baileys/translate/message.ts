import type { Content } from "../../../domain/content.ts";
import { asError } from "../../../domain/errors.ts";
import type { Log } from "../../../lib/log.ts";
import type { AddressBook } from "../address-book.ts";
import type { IncomingMessage } from "../../engine.ts";
import { proto } from "../library.ts";
import { contentOf, UNSUPPORTED } from "./content.ts";
import { addressEnvelope } from "./address-envelope.ts";
import { type ChangeLetter, changeOf } from "./change.ts";
import type { Envelope, Self } from "./envelope.ts";

/** A message whose content is known, before its people are. */
export interface Letter {
  readonly envelope: Envelope;
  readonly content: Content;
  readonly raw: Uint8Array;
}

/**
 * Opens the encoded `Message` of a stanza; nothing when it says nothing to people.
 * @throws Error when the bytes are no `Message`.
 */
export function openLetter(envelope: Envelope, bytes: Uint8Array): Letter | undefined {
  return letterIn(opened(envelope, bytes));
}

/** The same, and what does something to another message. */
export function openAny(
  envelope: Envelope,
  bytes: Uint8Array,
  me: Self,
): Letter | ChangeLetter | undefined {
  const found = opened(envelope, bytes);
  return letterIn(found) ?? changeOf(found.envelope, found.message, me);
}

interface Opened {
  readonly envelope: Envelope;
  readonly message: proto.IMessage;
  readonly raw: () => Uint8Array;
}

/** What our own phone sent comes wrapped together with the chat it went to. */
function opened(envelope: Envelope, bytes: Uint8Array): Opened {
  const message = proto.Message.decode(bytes);
  const { message: inner, destinationJid } = message.deviceSentMessage ?? {};
  if (!inner) return { envelope, message, raw: () => bytes };
  const raw = (): Uint8Array => proto.Message.encode(inner).finish();
  return { envelope: readdressed(envelope, destinationJid), message: inner, raw };
}

function letterIn({ envelope, message, raw }: Opened): Letter | undefined {
  const content = contentOf(message);
  return content && { envelope, content, raw: raw() };
}

/** Only our own phone may name another chat than the one the stanza came in. */
function readdressed(envelope: Envelope, destinationJid: string | null | undefined): Envelope {
  if (!envelope.fromMe || !destinationJid) return envelope;
  return { ...envelope, chat: [...envelope.chat, destinationJid] };
}

/**
 * The same for what cannot be decoded: somebody wrote it, and no retry will bring it in a better shape,
 * so it is kept as it came.
 */
export function openOrKeep<T>(
  envelope: Envelope,
  raw: Uint8Array,
  log: Log,
  open: (envelope: Envelope, raw: Uint8Array) => T | undefined,
): T | Letter | undefined {
  try {
    return open(envelope, raw);
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
