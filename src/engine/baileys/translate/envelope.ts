import { type Address, bareJid, isChannel, isGroup, isShared } from "../../../domain/address.ts";
import type { MessageId } from "../../../domain/ids.ts";
import type { WAMessage } from "../library.ts";
import type { Attributes } from "./names.ts";
import { given, timeOf } from "./names.ts";

/** Who the account is, and what it calls itself. */
export interface Self extends Address {
  readonly name: string | null;
}

/** What is written outside of a message, in every name that was given for each person. */
export interface Envelope {
  readonly id: MessageId;
  readonly chat: readonly string[];
  readonly sender: readonly string[];
  readonly senderName: string | null;
  readonly fromMe: boolean;
  readonly timestamp: Date;
  readonly whileOffline: boolean;
  /** In groups: WhatsApp's server says that an admin acts on what others have written. */
  readonly byAdmin: boolean;
}

/** The `edit` attribute of what an admin deletes. */
const ADMIN_DELETES = "8";

/**
 * Reads the attributes of a `message` stanza. Statuses (`status@broadcast`) are told apart by their author, as
 * in a group. Nothing for channels, see `channel.ts`.
 */
export function envelopeOf(attributes: Attributes, me: Self): Envelope | undefined {
  const { id, from, participant, recipient } = attributes;
  if (id === undefined || from === undefined || isChannel(from)) return undefined;
  const author = participant ?? from;
  const fromMe = isSelf(author, me);
  const others = given(
    author,
    attributes["participant_pn"],
    attributes["participant_lid"],
    attributes["sender_pn"],
    attributes["sender_lid"],
  );
  const sender = fromMe ? given(me.lid, me.pn) : others;
  return {
    id: id as MessageId,
    chat: isShared(from) ? [from] : fromMe ? partner(attributes, recipient ?? from) : sender,
    sender,
    senderName: fromMe ? me.name : (attributes["notify"] ?? null),
    fromMe,
    timestamp: timeOf(attributes["t"]),
    whileOffline: attributes["offline"] !== undefined,
    byAdmin: isGroup(from) && attributes["edit"] === ADMIN_DELETES,
  };
}

/** Reads the key that Baileys made of a stanza, for what reaches us without its stanza. */
export function envelopeOfKey(
  message: WAMessage,
  me: Self,
  whileOffline: boolean,
): Envelope | undefined {
  const { id, remoteJid, remoteJidAlt, participant, participantAlt } = message.key;
  if (!id || !remoteJid || isChannel(remoteJid)) return undefined;
  const fromMe = message.key.fromMe === true;
  const chat = isShared(remoteJid) ? [remoteJid] : given(remoteJid, remoteJidAlt);
  const others = participant ? given(participant, participantAlt) : chat;
  return {
    id: id as MessageId,
    chat,
    sender: fromMe ? given(me.lid, me.pn) : others,
    senderName: fromMe ? me.name : (message.pushName ?? null),
    fromMe,
    timestamp: timeOf(message.messageTimestamp?.toString()),
    whileOffline,
    byAdmin: false,
  };
}

/** What our own phone wrote to somebody names that somebody in attributes of its own. */
function partner(attributes: Attributes, recipient: string): readonly string[] {
  return given(
    recipient,
    attributes["recipient_pn"],
    attributes["recipient_lid"],
    attributes["peer_recipient_pn"],
    attributes["peer_recipient_lid"],
  );
}

export function isSelf(jid: string, me: Address): boolean {
  const bare = bareJid(jid);
  return bare === me.pn || bare === me.lid;
}
