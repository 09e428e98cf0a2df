import { bareJid, isChannel, isGroup } from "../../../domain/address.ts";
import type { MessageId } from "../../../domain/ids.ts";
import type { MessageStatus } from "../../../domain/message.ts";
import type { HistoryChat, HistoryMessage } from "../../history.ts";
import type { AddressBook } from "../address-book.ts";
import { proto } from "../library.ts";
import type { Envelope, Self } from "../translate/envelope.ts";
import { addressLetter, openLetter } from "../translate/message.ts";
import { given, timeOf } from "../translate/names.ts";
import { count } from "../translate/numbers.ts";

const { Status } = proto.WebMessageInfo;

/** How far what the account wrote itself has come. */
const STATUSES: ReadonlyMap<proto.WebMessageInfo.Status, MessageStatus> = new Map([
  [Status.SERVER_ACK, "SERVER_ACK"],
  [Status.DELIVERY_ACK, "DELIVERED"],
  [Status.READ, "READ"],
  [Status.PLAYED, "PLAYED"],
]);

/** A chat of a history; nothing for stories and channels, which are no conversations. */
export async function chatOf(
  conversation: proto.IConversation,
  book: AddressBook,
): Promise<HistoryChat | undefined> {
  const { id, name, conversationTimestamp, lastMsgTimestamp, unreadCount } = conversation;
  if (!id || id === "status@broadcast" || isChannel(id)) return undefined;
  const names = isGroup(id) ? [id] : namesOf(conversation);
  const chat = await book.complete(names);
  const at = conversationTimestamp ?? lastMsgTimestamp;
  return {
    chat,
    subject: isGroup(id) ? name || null : null,
    activeAt: at ? timeOf(at.toString()) : null,
    unreadCount: count(unreadCount) ?? 0,
  };
}

/**
 * A message of a history; nothing for what says nothing to people: that somebody joined, that a call was missed.
 * One that cannot be read is left out, as the phone has it.
 */
export async function messageOf(
  { message: info }: proto.IHistorySyncMsg,
  conversation: proto.IConversation,
  me: Self,
  book: AddressBook,
): Promise<HistoryMessage | undefined> {
  const envelope = info && envelopeIn(info, conversation, me);
  if (!envelope || !info.message) return undefined;
  const letter = openLetter(envelope, proto.Message.encode(info.message).finish());
  if (!letter) return undefined;
  const status = envelope.fromMe
    ? (STATUSES.get(info.status ?? Status.ERROR) ?? "SERVER_ACK")
    : null;
  return { ...(await addressLetter(letter, book, null)), status };
}

function envelopeIn(
  info: proto.IWebMessageInfo,
  conversation: proto.IConversation,
  me: Self,
): Envelope | undefined {
  const { key, pushName, messageTimestamp } = info;
  const { id: chatId = "" } = conversation;
  if (!key?.id || !chatId || !messageTimestamp) return undefined;
  const fromMe = key.fromMe === true;
  const isInGroup = isGroup(chatId);
  const chat = isInGroup ? [chatId] : namesOf(conversation);
  const author = key.participant ?? info.participant;
  const others = isInGroup ? given(author).map((jid) => bareJid(jid)) : chat;
  const sender = fromMe ? given(me.lid, me.pn) : others;
  if (sender.length === 0) return undefined;
  return {
    id: key.id as MessageId,
    chat,
    sender,
    senderName: fromMe ? me.name : pushName || null,
    fromMe,
    timestamp: timeOf(messageTimestamp.toString()),
    whileOffline: false,
    byAdmin: false,
  };
}

function namesOf({ id, pnJid, lidJid }: proto.IConversation): readonly string[] {
  return given(id, pnJid, lidJid).map((jid) => bareJid(jid));
}
