import { batched } from "../batch.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { Webhook } from "../../webhooks/webhooks.ts";
import { InstanceType } from "../instances/instance.ts";
import { WebhookType } from "./webhook.ts";

builder.queryFields((t) => ({
  webhook: t.field({
    authScopes: { may: "webhooks:read" },
    type: WebhookType,
    nullable: true,
    description: "One webhook, or null if there is none with this id.",
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_, { id }, { webhooks }) => {
      try {
        return await webhooks.get(id);
      } catch (error) {
        if (error instanceof GatewayError && error.code === "WEBHOOK_NOT_FOUND") return null;
        throw error;
      }
    },
  }),
  webhooks: t.field({
    authScopes: { may: "webhooks:read" },
    type: [WebhookType],
    description: "All webhooks, or those that get the events of one instance.",
    args: {
      instanceId: t.arg.id({
        description: "Only those that get this instance's events: its own and the global ones.",
      }),
    },
    resolve: (_, { instanceId }, { webhooks }) => webhooks.list(instanceId),
  }),
}));

const ownWebhooks = batched<Context, string, readonly Webhook[]>(async ({ webhooks }, ids) => {
  const [only] = ids;
  const all = await webhooks.list(ids.length === 1 ? only : null);
  return Map.groupBy(
    all.filter((webhook) => webhook.instanceId !== null),
    (webhook) => webhook.instanceId as string,
  );
});

builder.objectFields(InstanceType, (t) => ({
  webhook: t.field({
    // Whoever has just made it may see it.
    authScopes: ({ createdWebhook }) => (createdWebhook ? true : { may: "webhooks:read" }),
    type: WebhookType,
    nullable: true,
    description:
      "The oldest webhook of this instance alone: the one it was created with, unless that was deleted. In the answer of `createInstance` with its secret.",
    resolve: async ({ id, createdWebhook }, _, context) =>
      createdWebhook ?? (await ownWebhooks(context, id))?.[0] ?? null,
  }),
  webhooks: t.field({
    authScopes: ({ createdWebhook }) => (createdWebhook ? true : { may: "webhooks:read" }),
    type: [WebhookType],
    description: "The webhooks of this instance alone, the oldest first.",
    resolve: async ({ id, createdWebhook }, _, context) =>
      createdWebhook ? [createdWebhook] : ((await ownWebhooks(context, id)) ?? []),
  }),
}));
