/** Names one WhatsApp account on this gateway. Branded so that a phone number or a JID cannot be passed in its place. */
export type InstanceId = string & { readonly __brand: "InstanceId" };

/** A WhatsApp address without a device: `5511999999999@s.whatsapp.net`, `98765@lid`, `1203…@g.us`. */
export type Jid = string & { readonly __brand: "Jid" };

/** WhatsApp's id of a message. Senders choose it, so it is unique only together with instance, chat and sender. */
export type MessageId = string & { readonly __brand: "MessageId" };

export type EventId = string & { readonly __brand: "EventId" };
export type WebhookId = string & { readonly __brand: "WebhookId" };
export type DeliveryId = string & { readonly __brand: "DeliveryId" };

const INSTANCE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export function isInstanceId(text: string): text is InstanceId {
  return INSTANCE_ID.test(text);
}
