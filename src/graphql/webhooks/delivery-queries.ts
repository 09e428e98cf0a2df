import { builder } from "../builder.ts";
import { DeliveryType } from "./delivery.ts";

builder.queryField("delivery", (t) =>
  t.field({
    authScopes: { may: "webhooks:read" },
    type: DeliveryType,
    nullable: true,
    description: "One delivery, or null if there is none with this id.",
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_, { id }, { webhooks }) => (await webhooks.findDelivery(id)) ?? null,
  }),
);

builder.queryField("deliveries", (t) =>
  t.field({
    authScopes: { may: "webhooks:read" },
    type: [DeliveryType],
    description:
      "Which webhooks got an event, or are to get it: its delivery to each. None once the event is gone from the log.",
    args: { eventId: t.arg.id({ required: true, description: "The `id` of the event." }) },
    resolve: (_, { eventId }, { webhooks }) => webhooks.deliveriesOf(eventId),
  }),
);

builder.subscriptionField("deliveryUpdates", (t) =>
  t.field({
    authScopes: { may: "webhooks:read" },
    type: DeliveryType,
    description:
      "From now on every delivery that is made for a webhook, and each again after an attempt, as it stands when you read it: what changes twice before you read is told once. What a replay puts back into the queue is told from its next attempt on. Ends when the webhook is deleted.",
    args: { webhookId: t.arg.id({ required: true, description: "Whose deliveries." }) },
    subscribe: (_, { webhookId }, { webhooks, signal }) =>
      webhooks.followDeliveries(webhookId, signal),
    resolve: (delivery) => delivery,
  }),
);
