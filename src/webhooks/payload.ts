import type { Address } from "../domain/address.ts";
import type { Details } from "../domain/content.ts";
import { chatChangeOf } from "../domain/chat-change.ts";
import type { GatewayEvent, LoggedEvent } from "../domain/event.ts";
import type { Restriction } from "../domain/instance.ts";
import type { Message, Sender } from "../domain/message.ts";

/** Draws a QR code as SVG. */
export type DrawQr = (text: string) => string | Promise<string>;

/** What an event does not hold itself. */
export interface PayloadParts {
  readonly drawQr: DrawQr;
  /** An attachment as receivers get it. */
  readonly mediaOf: (message: Message) => Promise<object | null>;
}

/** The body of a delivery. */
export interface Payload {
  readonly id: string;
  readonly type: string;
  /** When it happened, ISO 8601. */
  readonly timestamp: string;
  /** Null only in a test of a webhook that gets the events of all instances. */
  readonly instanceId: string | null;
  /** Where the event stands in the log: with it a receiver can go on by itself. */
  readonly cursor: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event as receivers get it: the envelope of Standard Webhooks, and the fields of its GraphQL type. */
export async function eventPayload(
  { id, event, instanceId, occurredAt, whileOffline }: LoggedEvent,
  { cursor, ...parts }: PayloadParts & { readonly cursor: string },
): Promise<Payload> {
  const data = { whileOffline, ...(await dataOf(event, parts)) };
  return { id, type: event.type, timestamp: occurredAt.toISOString(), instanceId, cursor, data };
}

async function dataOf(event: GatewayEvent, { drawQr, mediaOf }: PayloadParts): Promise<object> {
  const shown = (message: Message) => messageData(message, mediaOf);
  switch (event.type) {
    case "instance.created":
    case "instance.deleted":
      return {};
    case "instance.restricted":
      return { restriction: event.restriction && restrictionData(event.restriction) };
    case "qr.update": {
      const { text, expiresAt } = event;
      return { qr: { text, svg: await drawQr(text), expiresAt } };
    }
    case "pairing.code":
      return { pairingCode: { code: event.code, expiresAt: event.expiresAt } };
    case "connection.open":
      return { phoneNumber: event.phoneNumber };
    case "connection.close": {
      const { code, reason, message, willReconnect } = event;
      return { code, reason, explanation: message, willReconnect };
    }
    case "message.received":
    case "message.undecryptable":
    case "message.edited":
      return { message: await shown(event.message) };
    case "message.sent":
      return { message: await shown(event.message), source: event.source };
    case "message.status": {
      const { messageId, chat, status, previous, participant } = event;
      return { messageId, chatId: chat.id, status, previous, participant };
    }
    case "message.deleted": {
      const { messageId, chat, deletedBy, fromMe } = event;
      const forEveryone = event.onlyForMe !== true;
      return { messageId, chatId: chat.id, deletedBy: senderOf(deletedBy), fromMe, forEveryone };
    }
    case "message.starred":
      return { messageId: event.messageId, chatId: event.chat.id, starred: event.starred };
    case "message.reaction": {
      const { messageId, chat, sender, fromMe, emoji } = event;
      return { messageId, chatId: chat.id, sender: senderOf(sender), fromMe, emoji };
    }
    case "message.pinned": {
      const { messageId, chat, sender, fromMe, pinnedUntil } = event;
      return { messageId, chatId: chat.id, sender: senderOf(sender), fromMe, pinnedUntil };
    }
    case "message.kept": {
      const { messageId, chat, sender, fromMe, isKept } = event;
      return { messageId, chatId: chat.id, sender: senderOf(sender), fromMe, isKept };
    }
    case "poll.vote": {
      const { messageId, chat, voter, fromMe, options } = event;
      return { messageId, chatId: chat.id, voter: senderOf(voter), fromMe, options };
    }
    case "event.response": {
      const { messageId, chat, sender, fromMe, attendance, extraGuests } = event;
      const said = { sender: senderOf(sender), fromMe, attendance, extraGuests };
      return { messageId, chatId: chat.id, ...said };
    }
    case "message.failed":
      return { message: await shown(event.message), error: event.error };
    case "chat.update":
      return { chat: nameOf(event.chat), ...chatChangeOf(event) };
    case "label.update":
      return { label: event.label, deleted: event.deleted };
    case "label.assignment": {
      const { labelId, chat, messageId, assigned } = event;
      return { labelId, chat: nameOf(chat), labeledMessageId: messageId, assigned };
    }
    case "contact.update":
      return { contact: senderOf(event.contact), previousName: event.previousName };
    case "group.update":
      return {
        group: nameOf(event.group),
        author: event.author && nameOf(event.author),
        change: event.change,
      };
    case "group.participants": {
      const { group, author, action: memberAction, participants } = event;
      return { ...people({ group, author, participants }), memberAction };
    }
    case "channel.update":
      return { channel: nameOf(event.channel), channelChange: event.change };
    case "group.join_request": {
      const { group, author, action: requestAction, participants } = event;
      return { ...people({ group, author, participants }), requestAction };
    }
    case "presence.update": {
      const { chat, contact, presence, lastSeen } = event;
      return { chat: nameOf(chat), person: nameOf(contact), presence, lastSeen };
    }
    case "call": {
      const { id, chat, caller, groupId, isVideo, status } = event.call;
      return { call: { id, chat: nameOf(chat), caller: nameOf(caller), groupId, isVideo, status } };
    }
    case "history.sync":
      return { progress: event.progress, trouble: event.trouble };
    case "webhook.disabled":
      return { webhookId: event.webhookId, disabledReason: event.reason };
  }
}

function people(of: {
  readonly group: Address;
  readonly author: Address | null;
  readonly participants: readonly Address[];
}): object {
  const { group, author, participants } = of;
  return {
    group: nameOf(group),
    author: author && nameOf(author),
    participants: participants.map(nameOf),
  };
}

function nameOf({ id, pn, lid }: Address): Address {
  return { id, pn, lid };
}

function senderOf(sender: Sender): Sender {
  return { ...nameOf(sender), name: sender.name };
}

function restrictionData({ message, ...rest }: Restriction): object {
  return { ...rest, explanation: message };
}

/** Named one by one: a field that a message gains later must not leave the house by accident. */
async function messageData(message: Message, mediaOf: PayloadParts["mediaOf"]): Promise<object> {
  const { id, instanceId, chat, sender, fromMe, kind, text } = message;
  const { timestamp, status, quotedId, error } = message;
  const { mentions, mentionsAll, isViewOnce, forwardingScore, disappearsAfter, albumId } = message;
  const { serverId } = message;
  return {
    id,
    instanceId,
    chat: nameOf(chat),
    sender: senderOf(sender),
    fromMe,
    kind,
    text,
    timestamp,
    status,
    quotedId,
    media: await mediaOf(message),
    mentions,
    mentionsAll,
    isViewOnce,
    forwardingScore,
    disappearsAfter,
    albumId,
    serverId,
    ...(kind === "TEXT" && { linkPreview: message.linkPreview }),
    ...detailData(message.details),
    error,
  };
}

/** Under the name that the GraphQL type of the kind has for it. */
function detailData(details: Details | null): object {
  switch (details?.kind) {
    case "LOCATION":
      return { location: details.location };
    case "CONTACTS":
      return { contacts: details.contacts };
    case "POLL":
      return { poll: details.poll };
    case "EVENT":
      return { appointment: details.appointment };
    case "ALBUM":
      return { album: details.album };
    case undefined:
      return {};
  }
}
