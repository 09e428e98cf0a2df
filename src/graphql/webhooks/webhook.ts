import type { Direction, Ordering, Webhook } from "../../webhooks/webhooks.ts";
import { builder } from "../builder.ts";
import { ChatKindType } from "../chats/chat-kind.ts";
import { described } from "../enum.ts";

/** A webhook on its way out; right after its creation with the secret that is shown this once. */
export type ShownWebhook = Webhook & { readonly secret?: string };

export const OrderingType = builder.enumType("WebhookOrdering", {
  description: "In which order a webhook gets its events.",
  values: described<Ordering>({
    PER_CHAT:
      "Events of one chat come one after the other, in order. A failing one holds up its chat for five minutes at most.",
    NONE: "Events come as fast as they can, in any order.",
  }),
});

export const DirectionType = builder.enumType("MessageDirection", {
  description: "Which way a message goes.",
  values: described<Direction>({
    INBOUND: "To the account.",
    OUTBOUND: "From the account.",
  }),
});

export const WebhookType = builder.objectRef<ShownWebhook>("Webhook").implement({
  description:
    "An address that gets events as signed POST requests (Standard Webhooks). Failed deliveries are tried again for three days.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Names the webhook." }),
    instanceId: t.exposeID("instanceId", {
      nullable: true,
      description: "Whose events it gets. Null: those of all instances.",
    }),
    url: t.exposeString("url", { description: "Where events are posted to." }),
    description: t.exposeString("description", {
      nullable: true,
      description: "A note for people.",
    }),
    secret: t.string({
      nullable: true,
      description:
        "The key to verify signatures with, `whsec_…`. Only in the answer of the mutation that made the webhook; null ever after.",
      resolve: ({ secret }) => secret ?? null,
    }),
    events: t.exposeStringList("events", {
      description: "Event types and patterns such as `message.*`; `*` is all.",
    }),
    chatKinds: t.expose("chatKinds", {
      type: [ChatKindType],
      nullable: true,
      description: "Of events that belong to a chat only those of such chats. Null: of all.",
    }),
    direction: t.expose("direction", {
      type: DirectionType,
      nullable: true,
      description: "Of message events only those that go this way. Null: both.",
    }),
    headerNames: t.exposeStringList("headerNames", {
      description: "The extra headers of each delivery. Their values are never shown.",
    }),
    enabled: t.exposeBoolean("enabled", { description: "Whether it gets events." }),
    disabledReason: t.exposeString("disabledReason", {
      nullable: true,
      description: "Why the gateway has disabled it. Update it with `enabled: true` to go on.",
    }),
    ordering: t.expose("ordering", { type: OrderingType, description: "The order of deliveries." }),
    retryDelaysMs: t.exposeIntList("retryDelaysMs", {
      nullable: true,
      description:
        "Milliseconds from each try to the next. Null: the usual ten tries over three days.",
    }),
    inlineMedia: t.exposeBoolean("inlineMedia", {
      description: "Whether small attachments travel inside the deliveries, as base64.",
    }),
    failingSince: t.expose("failingSince", {
      type: "DateTime",
      nullable: true,
      description: "Since when every delivery has failed. Null while all is well.",
    }),
    pausedUntil: t.field({
      type: "DateTime",
      nullable: true,
      description:
        "Until when it is left alone, because its endpoint fails over and over or asked for it (`Retry-After`); what is due waits until then, and the first try is a probe. Null while it may be called, and while it is disabled.",
      resolve: ({ id, enabled }, _, { webhooks }) => (enabled ? webhooks.pausedUntil(id) : null),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
  }),
});
