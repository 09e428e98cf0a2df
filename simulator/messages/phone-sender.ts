import { encodeWAMessage, type proto } from "@whiskeysockets/baileys";
import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import type { Chat, SentMessage } from "../accounts/handset.ts";
import type { BinaryNode } from "../protocol/nodes.ts";
import { chatJid, encNode, type Envelope, senderKeyEncNode } from "./envelope.ts";

/** Ways out of a phone: to a linked device as ciphertext, to another phone in clear. */
export interface PhoneOutlets {
  toCompanion(companion: Companion, envelope: Envelope, content: readonly BinaryNode[]): void;
  toHandset(account: AccountState, envelope: Envelope, message: proto.IMessage): void;
}

export function envelopeOf(account: AccountState, sent: SentMessage): Envelope {
  const { id, chat, addressing, kind, edit, sentAt } = sent;
  const sender = { phone: account.phone, device: 0 };
  return { id, sender, notify: account.name, chat, addressing, kind, edit, sentAt };
}

/** Sends from a phone to everyone in a direct chat: the other phone, its devices, and our own devices. */
export async function sendDirect(
  account: AccountState,
  peer: AccountState,
  sent: SentMessage,
  outlets: PhoneOutlets,
): Promise<void> {
  const envelope = envelopeOf(account, sent);
  await account.handset.exclusive(async () => {
    account.handset.remember(sent);
    const companions = new Set([...peer.companions, ...account.companions]);
    for (const companion of companions) {
      outlets.toCompanion(companion, envelope, [await sealFor(account, companion, sent)]);
    }
    if (peer !== account) outlets.toHandset(peer, envelope, sent.message);
  });
}

/**
 * Sends from a phone to all members of a group, or to those who are shown a status, with a sender key that each
 * device gets once.
 */
export async function sendToMany(
  account: AccountState,
  members: readonly AccountState[],
  sent: SentMessage & { readonly chat: Extract<Chat, { kind: "group" }> },
  outlets: PhoneOutlets,
): Promise<void> {
  const { jid } = sent.chat;
  const envelope = envelopeOf(account, sent);
  const { handset } = account;
  await handset.exclusive(async () => {
    handset.remember(sent);
    const sealed = await handset.signal.encryptForGroup(
      jid,
      account.jid("lid"),
      encodeWAMessage(sent.message),
    );
    const holders = handset.keyHolders(jid);
    for (const companion of members.flatMap((member) => member.companions)) {
      const content = [senderKeyEncNode(sealed.bytes)];
      if (!holders.has(companion.jid("lid"))) {
        const senderKeyDistributionMessage = {
          groupId: jid,
          axolotlSenderKeyDistributionMessage: sealed.senderKey,
        };
        content.unshift(await seal(account, companion, { senderKeyDistributionMessage }));
        holders.add(companion.jid("lid"));
      }
      outlets.toCompanion(companion, envelope, content);
    }
    for (const member of members) {
      if (member !== account) outlets.toHandset(member, envelope, sent.message);
    }
  });
}

/** The message for one device alone; the account's own devices get it as "sent by you to …". */
export async function sealFor(
  account: AccountState,
  companion: Companion,
  sent: SentMessage,
  count?: number,
): Promise<BinaryNode> {
  const isOwn = companion.address.phone === account.phone && sent.chat.kind === "direct";
  const destinationJid = chatJid(sent.chat, sent.addressing);
  const message = isOwn
    ? { deviceSentMessage: { destinationJid, message: sent.message } }
    : sent.message;
  return seal(account, companion, message, count);
}

/** A message for one device, as ciphertext. */
export async function seal(
  account: AccountState,
  companion: Companion,
  message: proto.IMessage,
  count?: number,
): Promise<BinaryNode> {
  const { signal } = account.handset;
  const peer = companion.jid("lid");
  if (!(await signal.hasSession(peer))) await signal.openSession(peer, companion.takeBundle());
  return encNode(await signal.encrypt(peer, encodeWAMessage(message)), count);
}
