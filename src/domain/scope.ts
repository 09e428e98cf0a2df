import type { EventType } from "./event.ts";

/** What a key may be allowed to do. */
export const SCOPES = [
  "instances:read",
  "instances:write",
  "qr:read",
  "messages:read",
  "messages:send",
  "contacts",
  "groups",
  "webhooks:read",
  "webhooks:write",
  "keys:admin",
  "metrics:read",
] as const;

export type Scope = (typeof SCOPES)[number];

export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text);
}

/**
 * What one has to be allowed to read in order to be told of an event, over a stream or by a webhook.
 * Whoever sees a QR code can take the account over, so those stand apart.
 */
export function scopeOfEvent(type: EventType): Scope {
  switch (type) {
    case "qr.update":
    case "pairing.code":
      return "qr:read";
    case "instance.created":
    case "instance.deleted":
    case "instance.restricted":
    case "connection.open":
    case "connection.close":
    case "history.sync":
      return "instances:read";
    case "message.received":
    case "message.sent":
    case "message.status":
    case "message.failed":
    case "message.undecryptable":
    case "message.edited":
    case "message.deleted":
    case "message.starred":
    case "message.reaction":
    case "message.pinned":
    case "message.kept":
    case "poll.vote":
    case "event.response":
    case "chat.update":
    case "label.update":
    case "label.assignment":
    case "call":
      return "messages:read";
    case "contact.update":
      return "contacts";
    case "group.update":
    case "group.participants":
    case "group.join_request":
    case "channel.update":
      return "groups";
    case "presence.update":
      return "contacts";
    case "webhook.disabled":
      return "webhooks:read";
  }
}
