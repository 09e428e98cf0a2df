import type { WebhookId } from "../../domain/ids.ts";
import type { WebhookStatistics } from "../../webhooks/webhooks.ts";
import { batched } from "../batch.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { WebhookType } from "./webhook.ts";

const WebhookStatisticsType = builder.objectRef<WebhookStatistics>("WebhookStatistics").implement({
  description: "How a webhook fares. Cheap to ask for, whatever was ever delivered.",
  fields: (t) => ({
    pending: t.exposeInt("pending", {
      description: "Deliveries that wait for their first or next attempt, counted up to 100,000.",
    }),
    pendingReplayed: t.exposeInt("pendingReplayed", {
      description: "Of these the ones that are sent again on request.",
    }),
    delivered: t.exposeInt("delivered", {
      description: "Deliveries that succeeded in the last 24 hours.",
    }),
    failed: t.exposeInt("failed", {
      description: "Deliveries that were given up in the last 24 hours.",
    }),
    successRate: t.exposeFloat("successRate", {
      nullable: true,
      description:
        "Which part of the attempts of the last 24 hours succeeded, from 0 to 1. Null if there were none.",
    }),
    // Not an Int: a disabled webhook may fall behind by more than its 24 days of milliseconds.
    lagMs: t.exposeFloat("lagMs", {
      nullable: true,
      description:
        "For how many milliseconds the oldest event that waits has waited. Null if none does.",
    }),
  }),
});

const NOTHING: WebhookStatistics = {
  pending: 0,
  pendingReplayed: 0,
  delivered: 0,
  failed: 0,
  successRate: null,
  lagMs: null,
};

const statisticsOf = batched<Context, WebhookId, WebhookStatistics>(({ webhooks }, ids) =>
  webhooks.statistics(ids),
);

builder.objectField(WebhookType, "statistics", (t) =>
  t.field({
    type: WebhookStatisticsType,
    description: "How much waits, how much arrives, and how late.",
    resolve: async ({ id }, _, context) => (await statisticsOf(context, id)) ?? NOTHING,
  }),
);
