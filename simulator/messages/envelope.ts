import type { Chat } from "../accounts/handset.ts";
import {
  accountJid,
  type Addressing,
  type DeviceAddress,
  deviceJid,
  type UserJid,
} from "../protocol/jid.ts";
import { attributes, type BinaryNode } from "../protocol/nodes.ts";
import type { Ciphertext } from "../signal/signal-device.ts";

/** What the server knows of a message without being able to read it. */
export interface Envelope {
  readonly id: string;
  readonly sender: DeviceAddress;
  /** Name of the sender, which the recipient is shown. */
  readonly notify: string;
  /** As the sender sees it: a direct chat is named by the other side. */
  readonly chat: Chat;
  readonly addressing: Addressing;
  /** The `type` attribute of the stanza: text, media, reaction, poll. */
  readonly kind: string;
  /** The `edit` attribute, of changes: 1 for a new text, 2 for a pin, 7 and 8 for a deletion by its author or an admin. */
  readonly edit?: string | undefined;
  /** Unix seconds. */
  readonly sentAt: number;
}

/** The stanza that brings a message to a linked device of `recipient`. */
export function messageStanza(
  envelope: Envelope,
  recipient: string,
  content: readonly BinaryNode[],
): BinaryNode {
  const { id, kind, edit, notify, sentAt } = envelope;
  const about = attributes({ id, type: kind, edit, t: String(sentAt), notify });
  return {
    tag: "message",
    attrs: { ...origin(envelope, recipient), ...about },
    content: [...content],
  };
}

/** The attributes that say where a stanza about this message comes from, seen by `recipient`. */
function origin(envelope: Envelope, recipient: string): Record<string, string> {
  const { chat, sender, addressing } = envelope;
  const from = deviceJid(sender, addressing);
  const other: Addressing = addressing === "lid" ? "pn" : "lid";
  const mode = addressing === "lid" ? "lid" : undefined;
  if (chat.kind === "group") {
    return {
      from: chat.jid,
      participant: from,
      [`participant_${other}`]: accountJid(sender.phone, other),
      addressing_mode: addressing,
    };
  }
  if (sender.phone !== recipient) {
    return attributes({
      from,
      [`sender_${other}`]: accountJid(sender.phone, other),
      addressing_mode: mode,
    });
  }
  // The account's own message on another device. Baileys takes `sender_*` for the other name of the
  // chat and would learn a wrong mapping from it, so the chat's other name stands here instead.
  return attributes({
    from,
    recipient: accountJid(chat.phone, addressing),
    [`peer_recipient_${other}`]: accountJid(chat.phone, other),
    addressing_mode: mode,
  });
}

export function encNode(ciphertext: Ciphertext, count?: number): BinaryNode {
  const attrs = { v: "2", type: ciphertext.type, count: count?.toString() };
  return { tag: "enc", attrs: attributes(attrs), content: ciphertext.bytes };
}

export function senderKeyEncNode(bytes: Uint8Array): BinaryNode {
  return { tag: "enc", attrs: { v: "2", type: "skmsg" }, content: bytes };
}

/** The chat's JID as written into stanzas and into copies for the sender's own devices. */
export function chatJid(chat: Chat, addressing: Addressing): string {
  return chat.kind === "group" ? chat.jid : accountJid(chat.phone, addressing);
}

/** Where a receipt of `reader` about this message comes from, seen by the sender's devices. */
export function receiptOrigin(
  envelope: Pick<Envelope, "chat" | "addressing" | "sender">,
  reader: DeviceAddress,
): Record<string, string> {
  const from: UserJid = deviceJid(reader, envelope.addressing);
  if (envelope.chat.kind === "group") return { from: envelope.chat.jid, participant: from };
  if (reader.phone !== envelope.sender.phone) return { from };
  return { from, recipient: chatJid(envelope.chat, envelope.addressing) };
}
