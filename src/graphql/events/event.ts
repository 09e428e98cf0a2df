import type { EventType, GatewayEvent, LoggedEvent } from "../../domain/event.ts";
import { builder } from "../builder.ts";

/** A logged event of one type. */
export type Logged<T extends EventType> = LoggedEvent & {
  readonly event: Extract<GatewayEvent, { readonly type: T }>;
};

/** The GraphQL type of each event. */
export const EVENT_TYPE_NAMES = {
  "instance.created": "InstanceCreated",
  "instance.deleted": "InstanceDeleted",
  "instance.restricted": "InstanceRestricted",
  "qr.update": "QrUpdate",
  "pairing.code": "PairingCodeUpdate",
  "connection.open": "ConnectionOpen",
  "connection.close": "ConnectionClose",
  "message.received": "MessageReceived",
  "message.sent": "MessageSent",
  "message.status": "MessageStatusChanged",
  "message.failed": "MessageFailed",
  "message.undecryptable": "MessageUndecryptable",
  "message.edited": "MessageEdited",
  "message.deleted": "MessageDeleted",
  "message.starred": "MessageStarred",
  "message.reaction": "MessageReaction",
  "message.pinned": "MessagePinned",
  "message.kept": "MessageKept",
  "poll.vote": "PollVote",
  "event.response": "EventResponse",
  "chat.update": "ChatUpdate",
  "contact.update": "ContactUpdate",
  "label.update": "LabelUpdate",
  "label.assignment": "LabelAssignment",
  "group.update": "GroupUpdate",
  "group.participants": "GroupParticipants",
  "group.join_request": "GroupJoinRequest",
  "channel.update": "ChannelUpdate",
  "presence.update": "PresenceUpdate",
  call: "CallUpdate",
  "history.sync": "HistorySync",
  "webhook.disabled": "WebhookDisabled",
} as const satisfies Record<EventType, string>;

export const EventInterface = builder.interfaceRef<LoggedEvent>("Event").implement({
  description:
    "Something that happened, as it stands in the event log. Events never change and have one order.",
  resolveType: ({ event }) => EVENT_TYPE_NAMES[event.type],
  fields: (t) => ({
    id: t.exposeID("id", {
      description: "The event's own id, the same in every delivery: go by it to see doubles.",
    }),
    type: t.string({
      description: "Such as `message.received`. Filters and webhooks know it by this name.",
      resolve: ({ event }) => event.type,
    }),
    cursor: t.field({
      type: "Cursor",
      description: "Where it stands in the log. Pass it as `after` to go on from here.",
      resolve: ({ position }, _, { events }) => events.cursorAt(position),
    }),
    instanceId: t.exposeID("instanceId", { description: "Which account it is about." }),
    occurredAt: t.expose("occurredAt", {
      type: "DateTime",
      description: "When it happened; for messages WhatsApp's time, to the second.",
    }),
    whileOffline: t.exposeBoolean("whileOffline", {
      description: "Whether it waited at WhatsApp while the gateway was away.",
    }),
  }),
});
