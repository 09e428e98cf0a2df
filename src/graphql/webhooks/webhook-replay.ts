import type { Replay } from "../../webhooks/webhooks.ts";
import { builder } from "../builder.ts";
import { pageSize } from "../page.ts";
import { WebhookType } from "./webhook.ts";

export const WebhookReplayType = builder.objectRef<Replay>("WebhookReplay").implement({
  description:
    "What is sent again on request, and how far that has come. `statistics.pendingReplayed` of the webhook says how much of it is still to be sent.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Names the replay." }),
    webhookId: t.exposeID("webhookId", { description: "Where it goes." }),
    total: t.exposeInt("total", {
      description: "Events that are looked at, or deliveries that were named.",
    }),
    examined: t.exposeInt("examined", { description: "How many of them were looked at by now." }),
    queued: t.exposeInt("queued", {
      description: "How many the webhook wants: these were put back into the queue.",
    }),
    done: t.boolean({
      description: "Whether all were looked at. What is in the queue may still be on its way.",
      resolve: ({ doneAt }) => doneAt !== null,
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was asked for." }),
    doneAt: t.expose("doneAt", {
      type: "DateTime",
      nullable: true,
      description: "When the last one was put into the queue. Null while that goes on.",
    }),
  }),
});

builder.objectField(WebhookType, "replays", (t) =>
  t.field({
    type: [WebhookReplayType],
    description: "What was asked to be sent again in the last seven days, the latest first.",
    args: { first: t.arg.int({ description: "How many: 50 if left out, 200 at most." }) },
    resolve: ({ id }, { first }, { webhooks }) => webhooks.replays(id, pageSize(first, "first")),
  }),
);

builder.queryField("webhookReplay", (t) =>
  t.field({
    authScopes: { may: "webhooks:read" },
    type: WebhookReplayType,
    nullable: true,
    description: "One replay, or null if there is none with this id.",
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_, { id }, { webhooks }) => (await webhooks.findReplay(id)) ?? null,
  }),
);

builder.subscriptionField("replayUpdates", (t) =>
  t.field({
    authScopes: { may: "webhooks:read" },
    type: WebhookReplayType,
    description:
      "A replay now and whenever it has come further. Ends when it is done; of one that does not exist nothing is told.",
    args: { id: t.arg.id({ required: true }) },
    subscribe: (_, { id }, { webhooks, signal }) => webhooks.followReplay(id, signal),
    resolve: (replay) => replay,
  }),
);
