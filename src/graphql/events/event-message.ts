import type { SentSource } from "../../domain/event.ts";
import { ParticipantType } from "../address.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";
import { EventInterface, EVENT_TYPE_NAMES } from "./event.ts";
import { aboutMessage } from "./event-target.ts";
import type { Logged } from "./event.ts";
import { MessageInterface, SendErrorType } from "../messages/message.ts";
import { MessageStatusType } from "../messages/message-status.ts";

const SentSourceType = builder.enumType("SentSource", {
  description: "Who made the account send a message.",
  values: described<SentSource>({
    API: "A call of this gateway.",
    DEVICE: "The user, on their phone or another linked device.",
  }),
});

builder.objectRef<Logged<"message.received">>(EVENT_TYPE_NAMES["message.received"]).implement({
  interfaces: [EventInterface],
  description: "Someone wrote to the account. Never a message of the account itself.",
  fields: (t) => ({
    message: t.field({
      type: MessageInterface,
      description: "What was received.",
      resolve: ({ event }) => event.message,
    }),
  }),
});

builder.objectRef<Logged<"message.sent">>(EVENT_TYPE_NAMES["message.sent"]).implement({
  interfaces: [EventInterface],
  description: "WhatsApp's server has accepted a message of the account.",
  fields: (t) => ({
    message: t.field({
      type: MessageInterface,
      description: "What was sent.",
      resolve: ({ event }) => event.message,
    }),
    source: t.field({
      type: SentSourceType,
      description: "Who sent it.",
      resolve: ({ event }) => event.source,
    }),
  }),
});

const StatusEvent = builder.objectRef<Logged<"message.status">>(EVENT_TYPE_NAMES["message.status"]);
StatusEvent.implement({
  interfaces: [EventInterface],
  description: "A message of the account has come further: delivered, read, played.",
  fields: (t) => ({
    status: t.field({
      type: MessageStatusType,
      description: "Where it is now.",
      resolve: ({ event }) => event.status,
    }),
    previous: t.field({
      type: MessageStatusType,
      description: "Where it was before.",
      resolve: ({ event }) => event.previous,
    }),
    participant: t.field({
      type: ParticipantType,
      nullable: true,
      description: "In groups: who it was delivered to or read by.",
      resolve: ({ event }) => event.participant,
    }),
  }),
});

aboutMessage(StatusEvent);

builder.objectRef<Logged<"message.failed">>(EVENT_TYPE_NAMES["message.failed"]).implement({
  interfaces: [EventInterface],
  description: "A message of the account was not sent and will not be.",
  fields: (t) => ({
    message: t.field({
      type: MessageInterface,
      description: "What was to be sent.",
      resolve: ({ event }) => event.message,
    }),
    error: t.field({
      type: SendErrorType,
      description: "Why it was not.",
      resolve: ({ event }) => event.error,
    }),
  }),
});

builder
  .objectRef<Logged<"message.undecryptable">>(EVENT_TYPE_NAMES["message.undecryptable"])
  .implement({
    interfaces: [EventInterface],
    description:
      "A message came that could not be decrypted. If its sender's phone sends it again, `message.received` follows.",
    fields: (t) => ({
      message: t.field({
        type: MessageInterface,
        description: "What is known of it: who, where and when.",
        resolve: ({ event }) => event.message,
      }),
    }),
  });
