import type { GatewayEvent, LoggedEvent } from "../domain/event.ts";
import type { Restriction } from "../domain/instance.ts";
import type { Message } from "../domain/message.ts";

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
      return { message: await shown(event.message) };
    case "message.sent":
      return { message: await shown(event.message), source: event.source };
    case "message.status": {
      const { messageId, chat, status, previous, participant } = event;
      return { messageId, chatId: chat.id, status, previous, participant };
    }
    case "message.failed":
      return { message: await shown(event.message), error: event.error };
    case "webhook.disabled":
      return { webhookId: event.webhookId, disabledReason: event.reason };
  }
}

function restrictionData({ message, ...rest }: Restriction): object {
  return { ...rest, explanation: message };
}

/** Named one by one: a field that a message gains later must not leave the house by accident. */
async function messageData(message: Message, mediaOf: PayloadParts["mediaOf"]): Promise<object> {
  const { id, instanceId, chat, sender, fromMe, kind, text } = message;
  const { timestamp, status, quotedId, error } = message;
  return {
    id,
    instanceId,
    chat: { id: chat.id, pn: chat.pn, lid: chat.lid },
    sender: { id: sender.id, pn: sender.pn, lid: sender.lid, name: sender.name },
    fromMe,
    kind,
    text,
    timestamp,
    status,
    quotedId,
    media: await mediaOf(message),
    error,
  };
}
