import type { Address } from "./address.ts";
import type { ChatSettings } from "./app-state.ts";
import type { Call } from "./call.ts";
import type { ChannelNews } from "./channel.ts";
import type { Attendance } from "./content.ts";
import type { GroupNews } from "./group.ts";
import type { HistoryProgress } from "./history.ts";
import type { EventId, InstanceId, MessageId, WebhookId } from "./ids.ts";
import type { Label } from "./label.ts";
import type { CloseReason, Restriction } from "./instance.ts";
import type { Message, MessageStatus, SendError, Sender } from "./message.ts";
import type { PresenceNews } from "./presence.ts";

/** Who made our account say it: a call of this gateway, or the user's own phone or another linked device. */
export type SentSource = "API" | "DEVICE";

/** Everything that can happen, in one closed union: every reader (subscription, webhook, dashboard) speaks these words. */
export type GatewayEvent =
  | { readonly type: "instance.created" }
  | { readonly type: "instance.deleted" }
  | { readonly type: "qr.update"; readonly text: string; readonly expiresAt: Date }
  | { readonly type: "pairing.code"; readonly code: string; readonly expiresAt: Date }
  | { readonly type: "connection.open"; readonly phoneNumber: string }
  | {
      readonly type: "connection.close";
      readonly code: number | null;
      readonly reason: CloseReason;
      readonly message: string;
      readonly willReconnect: boolean;
    }
  | { readonly type: "message.received"; readonly message: Message }
  | { readonly type: "message.sent"; readonly message: Message; readonly source: SentSource }
  | {
      readonly type: "message.status";
      readonly messageId: MessageId;
      readonly chat: Address;
      readonly status: MessageStatus;
      readonly previous: MessageStatus;
      /** In groups: whose receipt it was. */
      readonly participant: Address | null;
    }
  | { readonly type: "message.failed"; readonly message: Message; readonly error: SendError }
  | { readonly type: "message.undecryptable"; readonly message: Message }
  /** As it reads now; its time is that of the edit. */
  | { readonly type: "message.edited"; readonly message: Message }
  | {
      readonly type: "message.deleted";
      readonly messageId: MessageId;
      readonly chat: Address;
      /** In groups also an admin. */
      readonly deletedBy: Sender;
      readonly fromMe: boolean;
      /** The account took it from its own devices; nobody else's is touched. */
      readonly onlyForMe?: true;
    }
  | {
      readonly type: "message.starred";
      readonly messageId: MessageId;
      readonly chat: Address;
      readonly starred: boolean;
    }
  | {
      readonly type: "message.reaction";
      readonly messageId: MessageId;
      readonly chat: Address;
      readonly sender: Sender;
      readonly fromMe: boolean;
      /** Null when it was taken back. */
      readonly emoji: string | null;
    }
  | {
      readonly type: "message.pinned";
      readonly messageId: MessageId;
      readonly chat: Address;
      readonly sender: Sender;
      readonly fromMe: boolean;
      /** Null when it was unpinned. */
      readonly pinnedUntil: Date | null;
    }
  | {
      readonly type: "message.kept";
      readonly messageId: MessageId;
      readonly chat: Address;
      readonly sender: Sender;
      readonly fromMe: boolean;
      /** Whether it stays; otherwise it disappears again. */
      readonly isKept: boolean;
    }
  | {
      readonly type: "poll.vote";
      /** Of the poll. */
      readonly messageId: MessageId;
      readonly chat: Address;
      readonly voter: Sender;
      readonly fromMe: boolean;
      /** All that is chosen now: none when the vote was taken back, null when it could not be read. */
      readonly options: readonly string[] | null;
    }
  | {
      readonly type: "event.response";
      /** Of the appointment. */
      readonly messageId: MessageId;
      readonly chat: Address;
      readonly sender: Sender;
      readonly fromMe: boolean;
      /** What they answer now; null when it could not be read. */
      readonly attendance: Attendance | null;
      readonly extraGuests: number;
    }
  /** What no message says of a chat: null for what has not changed. Events of earlier versions have the count alone. */
  | {
      readonly type: "chat.update";
      readonly chat: Address;
      readonly unreadCount: number | null;
      readonly settings?: ChatSettings;
      /** The account has emptied it, and with DELETED it is gone. */
      readonly emptied?: "CLEARED" | "DELETED";
    }
  /** A label is new, or is called or coloured differently, or is gone. */
  | { readonly type: "label.update"; readonly label: Label; readonly deleted: boolean }
  | {
      readonly type: "label.assignment";
      readonly labelId: string;
      readonly chat: Address;
      /** Null for the chat itself. */
      readonly messageId: MessageId | null;
      readonly assigned: boolean;
    }
  | {
      readonly type: "contact.update";
      /** Under the name that they have chosen now. */
      readonly contact: Sender;
      readonly previousName: string;
    }
  | GroupNews
  | ChannelNews
  | PresenceNews
  | { readonly type: "call"; readonly call: Call }
  | {
      readonly type: "history.sync";
      /** What has come of the history by now, this part included. */
      readonly progress: HistoryProgress;
      /** Why this part is not there, in words; null when it is. */
      readonly trouble: string | null;
    }
  /** Null when WhatsApp has lifted it. */
  | { readonly type: "instance.restricted"; readonly restriction: Restriction | null }
  | { readonly type: "webhook.disabled"; readonly webhookId: WebhookId; readonly reason: string };

export type EventType = GatewayEvent["type"];

/** An event on its way into the log. */
export interface EventDraft {
  readonly instanceId: InstanceId;
  readonly event: GatewayEvent;
  readonly occurredAt: Date;
  /** It waited at WhatsApp while the gateway was away. */
  readonly whileOffline: boolean;
  /** Under which ownership of the instance it was made; null where no session is involved. */
  readonly epoch: number | null;
  /** The inbox row that held it until now. */
  readonly inbox?: string | null;
  /** The stanza that says it, for what no inbox row held: the same stanza never makes a second event. */
  readonly stanza?: RawStanza | null;
  /** The identity of the message that it changes. */
  readonly target?: string | null;
  /** The encoded WhatsApp message behind it. */
  readonly raw?: Uint8Array | null;
}

/** A stanza as it came, kept for as long as it may come again. */
export interface RawStanza {
  /** Over all of it but what differs when it comes again. */
  readonly hash: string;
  /** Its attributes, as JSON. */
  readonly attributes: string;
  /** The whole of it, encoded. */
  readonly bytes: Uint8Array;
}

/** An event once it has its place in the log. Positions are dense and in commit order. */
export interface LoggedEvent {
  readonly id: EventId;
  readonly position: number;
  readonly instanceId: InstanceId;
  readonly event: GatewayEvent;
  readonly occurredAt: Date;
  readonly whileOffline: boolean;
}

export const EVENT_TYPES = [
  "instance.created",
  "instance.deleted",
  "instance.restricted",
  "qr.update",
  "pairing.code",
  "connection.open",
  "connection.close",
  "message.received",
  "message.sent",
  "message.status",
  "message.failed",
  "message.undecryptable",
  "message.edited",
  "message.deleted",
  "message.starred",
  "message.reaction",
  "message.pinned",
  "message.kept",
  "poll.vote",
  "event.response",
  "chat.update",
  "contact.update",
  "label.update",
  "label.assignment",
  "group.update",
  "group.participants",
  "group.join_request",
  "channel.update",
  "presence.update",
  "call",
  "history.sync",
  "webhook.disabled",
] as const satisfies readonly EventType[];

/** The chat an event belongs to, if it belongs to one: filters and order per chat go by it. */
export function chatOf(event: GatewayEvent): Address | null {
  switch (event.type) {
    case "message.received":
    case "message.sent":
    case "message.failed":
    case "message.undecryptable":
    case "message.edited":
      return event.message.chat;
    case "message.status":
    case "message.deleted":
    case "message.starred":
    case "message.reaction":
    case "message.pinned":
    case "message.kept":
    case "poll.vote":
    case "event.response":
    case "chat.update":
    case "label.assignment":
    case "presence.update":
      return event.chat;
    case "contact.update": {
      const { id, pn, lid } = event.contact;
      return { id, pn, lid };
    }
    case "group.update":
    case "group.participants":
    case "group.join_request":
      return event.group;
    case "channel.update":
      return event.channel;
    case "call":
      return event.call.chat;
    case "instance.created":
    case "instance.deleted":
    case "instance.restricted":
    case "qr.update":
    case "pairing.code":
    case "connection.open":
    case "connection.close":
    case "history.sync":
    case "label.update":
    case "webhook.disabled":
      return null;
  }
}

/** Whether the account itself did it: wrote, edited, deleted, reacted. */
export function isFromMe(event: GatewayEvent): boolean {
  if ("fromMe" in event) return event.fromMe;
  return "message" in event && typeof event.message === "object" && event.message.fromMe;
}

/** Whether a filter entry names a type that exists: `message.received`, `message.*`, or `*` for all. */
export function isEventPattern(pattern: string): boolean {
  return EVENT_TYPES.some((type) => matchesPattern(pattern, type));
}

export function matchesPattern(pattern: string, type: string): boolean {
  if (pattern === "*" || pattern === type) return true;
  return pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1));
}
