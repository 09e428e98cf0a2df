import type { Ordering, Webhook } from "../webhooks/webhooks.ts";
import { builder } from "./builder.ts";
import { described } from "./enum.ts";

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
    secret: t.string({
      nullable: true,
      description:
        "The key to verify signatures with, `whsec_…`. Only in the answer of the mutation that made the webhook; null ever after.",
      resolve: ({ secret }) => secret ?? null,
    }),
    events: t.exposeStringList("events", {
      description: "Event types and patterns such as `message.*`; `*` is all.",
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
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
  }),
});
