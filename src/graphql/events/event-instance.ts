import { builder } from "../builder.ts";
import { CloseReasonType } from "../instances/disconnect.ts";
import { EventInterface, EVENT_TYPE_NAMES } from "./event.ts";
import type { Logged } from "./event.ts";
import { PairingCodeType, QrCodeType } from "../instances/linking.ts";
import { RestrictionType } from "../instances/restriction.ts";

// One selection may name fields of many events, and GraphQL refuses it when two of them share a name and
// not the type. So the words of a close are its `explanation`, `message` being a Message everywhere, and
// why a webhook was disabled is its `disabledReason`, `reason` being a CloseReason.

builder
  .objectRef<Logged<"instance.created">>(EVENT_TYPE_NAMES["instance.created"])
  .implement({ interfaces: [EventInterface], description: "An instance was created." });

builder
  .objectRef<Logged<"instance.deleted">>(EVENT_TYPE_NAMES["instance.deleted"])
  .implement({ interfaces: [EventInterface], description: "An instance and its data are gone." });

builder
  .objectRef<Logged<"instance.restricted">>(EVENT_TYPE_NAMES["instance.restricted"])
  .implement({
    interfaces: [EventInterface],
    description: "WhatsApp restricts the account, or has lifted a restriction.",
    fields: (t) => ({
      restriction: t.field({
        type: RestrictionType,
        nullable: true,
        description: "What it may not do. Null when the restriction is lifted.",
        resolve: ({ event }) => event.restriction,
      }),
    }),
  });

builder.objectRef<Logged<"qr.update">>(EVENT_TYPE_NAMES["qr.update"]).implement({
  interfaces: [EventInterface],
  description: "There is a new QR code to scan; the one before is void.",
  fields: (t) => ({
    qr: t.field({
      type: QrCodeType,
      description: "The code to scan.",
      resolve: ({ event }) => event,
    }),
  }),
});

builder.objectRef<Logged<"pairing.code">>(EVENT_TYPE_NAMES["pairing.code"]).implement({
  interfaces: [EventInterface],
  description: "There is a new pairing code to enter on the phone.",
  fields: (t) => ({
    pairingCode: t.field({
      type: PairingCodeType,
      description: "The code to enter.",
      resolve: ({ event }) => event,
    }),
  }),
});

builder.objectRef<Logged<"connection.open">>(EVENT_TYPE_NAMES["connection.open"]).implement({
  interfaces: [EventInterface],
  description: "The account is connected: messages go both ways.",
  fields: (t) => ({
    phoneNumber: t.string({
      description: "The account's number, digits with country code and without +.",
      resolve: ({ event }) => event.phoneNumber,
    }),
  }),
});

builder.objectRef<Logged<"connection.close">>(EVENT_TYPE_NAMES["connection.close"]).implement({
  interfaces: [EventInterface],
  description: "The connection ended. One event per outage, however many attempts follow.",
  fields: (t) => ({
    code: t.int({
      nullable: true,
      description: "WhatsApp's status code, where there was one.",
      resolve: ({ event }) => event.code,
    }),
    reason: t.field({
      type: CloseReasonType,
      description: "What the end means.",
      resolve: ({ event }) => event.reason,
    }),
    explanation: t.string({
      description: "The same in words, for people.",
      resolve: ({ event }) => event.message,
    }),
    willReconnect: t.boolean({
      description: "Whether the gateway reconnects by itself. If not, someone has to act.",
      resolve: ({ event }) => event.willReconnect,
    }),
  }),
});

builder.objectRef<Logged<"webhook.disabled">>(EVENT_TYPE_NAMES["webhook.disabled"]).implement({
  interfaces: [EventInterface],
  description: "The gateway has disabled a webhook. Repair the receiver, then enable it again.",
  fields: (t) => ({
    webhookId: t.id({
      description: "Which one.",
      resolve: ({ event }) => event.webhookId,
    }),
    disabledReason: t.string({
      description: "Why, for people.",
      resolve: ({ event }) => event.reason,
    }),
  }),
});
