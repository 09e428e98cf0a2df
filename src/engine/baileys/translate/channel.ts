import { createHash } from "node:crypto";
import { bareJid, isChannel } from "../../../domain/address.ts";
import type { RawStanza } from "../../../domain/event.ts";
import type { MessageId } from "../../../domain/ids.ts";
import type { Log } from "../../../lib/log.ts";
import type { Change, Fact } from "../../engine.ts";
import type { AddressBook } from "../address-book.ts";
import { POST_DELETION, POST_EDIT } from "../channels/post-node.ts";
import { rawStanza } from "../inbox/raw-stanza.ts";
import { type BinaryNode, proto } from "../library.ts";
import { addressEnvelope } from "./address-envelope.ts";
import { contentOf } from "./content.ts";
import type { Envelope, Self } from "./envelope.ts";
import { addressLetter, openLetter, openOrKeep } from "./message.ts";
import { given, timeOf } from "./names.ts";

/**
 * A post of a channel, or what became of one: it comes in clear, so no inbox holds it. Nothing for other messages;
 * a direct one that claims to need no decryption would be whatever the server likes, and is not believed.
 */
export async function channelFactOf(
  node: BinaryNode,
  me: Self | undefined,
  book: AddressBook,
  log: Log,
): Promise<Extract<Fact, { readonly kind: "message" | "change" }> | undefined> {
  const { id, from, server_id: serverId = null, edit } = node.attrs;
  if (!id || from === undefined || !isChannel(from) || !Array.isArray(node.content)) {
    return undefined;
  }
  const plaintext = node.content.find(({ tag }) => tag === "plaintext");
  if (plaintext === undefined) return undefined;
  const plain = plaintext.content instanceof Uint8Array ? plaintext.content : new Uint8Array();
  const envelope = envelopeIn(node, id as MessageId, bareJid(from), me);
  if (edit === POST_EDIT || edit === POST_DELETION) {
    const change = edit === POST_DELETION ? DELETED : editIn(plain);
    return change && changed(envelope, change, node, book);
  }
  if (plain.length === 0) return undefined;
  const letter = openOrKeep(envelope, plain, log, openLetter);
  if (letter === undefined) return undefined;
  return { kind: "message", message: { ...(await addressLetter(letter, book, null)), serverId } };
}

function envelopeIn(
  { attrs: { t, notify, offline, is_sender: isSender } }: BinaryNode,
  id: MessageId,
  channel: string,
  me: Self | undefined,
): Envelope {
  const author = isSender === "true" ? me : undefined;
  return {
    id,
    chat: [channel],
    // Who else of its admins wrote it is not told.
    sender: author ? given(author.lid, author.pn) : [channel],
    senderName: author?.name ?? notify ?? null,
    fromMe: author !== undefined,
    timestamp: timeOf(t),
    whileOffline: offline !== undefined,
    byAdmin: false,
  };
}

const DELETED: Change = { kind: "DELETE" };

/** What a post says now, as it is or inside of an edit as chats have it. Nothing for what cannot be read. */
function editIn(plain: Uint8Array): Change | undefined {
  try {
    const message = proto.Message.decode(plain);
    const inner = message.editedMessage?.message ?? message;
    const content = contentOf(inner.protocolMessage?.editedMessage ?? inner);
    return content && { kind: "EDIT", content };
  } catch {
    return undefined;
  }
}

async function changed(envelope: Envelope, change: Change, node: BinaryNode, book: AddressBook) {
  const { id, ...addressed } = await addressEnvelope(envelope, book);
  const { sender, fromMe } = addressed;
  const target = { id, sender, fromMe };
  const stanza = stanzaOf(node);
  return { kind: "change", change: { ...addressed, target, change, inbox: null, stanza } } as const;
}

/** Every change of a post bears the id of the post: only the whole of it tells one from another. */
function stanzaOf(node: BinaryNode): RawStanza {
  const raw = rawStanza(node);
  return { ...raw, hash: createHash("sha256").update(raw.bytes).digest("hex") };
}
