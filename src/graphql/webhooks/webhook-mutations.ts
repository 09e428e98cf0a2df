import { builder } from "../builder.ts";
import { DeliveryType } from "./delivery.ts";
import { resultType } from "../result.ts";
import { CreateWebhookInput, UpdateWebhookInput, webhookInput } from "./webhook-input.ts";
import { WebhookReplayType } from "./webhook-replay.ts";
import { WebhookType } from "./webhook.ts";

const CreateWebhookResult = resultType("CreateWebhookResult", {
  description: "The new webhook with its secret, or why there is none.",
  success: [WebhookType],
  errors: ["INSTANCE_NOT_FOUND", "INVALID_ADDRESS", "BAD_INPUT"],
});

const UpdateWebhookResult = resultType("UpdateWebhookResult", {
  description: "The webhook as it is now.",
  success: [WebhookType],
  errors: ["WEBHOOK_NOT_FOUND", "INVALID_ADDRESS", "BAD_INPUT"],
});

const RotateWebhookSecretResult = resultType("RotateWebhookSecretResult", {
  description: "The webhook with its new secret.",
  success: [WebhookType],
  errors: ["WEBHOOK_NOT_FOUND"],
});

const DeletedWebhook = builder.objectRef<{ readonly id: string }>("DeletedWebhook").implement({
  description: "What is left of a deleted webhook.",
  fields: (t) => ({ id: t.exposeID("id", { description: "The id it had." }) }),
});

const DeleteWebhookResult = resultType("DeleteWebhookResult", {
  description: "The id of the deleted webhook, or that there was none.",
  success: [DeletedWebhook],
  errors: ["WEBHOOK_NOT_FOUND"],
});

const TestWebhookResult = resultType("TestWebhookResult", {
  description: "The delivery that was begun. Ask for its attempts in a moment.",
  success: [DeliveryType],
  errors: ["WEBHOOK_NOT_FOUND"],
});

const ReplayWebhookResult = resultType("ReplayWebhookResult", {
  description: "The replay that was begun, or why nothing is sent again.",
  success: [WebhookReplayType],
  errors: [
    "WEBHOOK_NOT_FOUND",
    "BAD_INPUT",
    "CURSOR_INVALID",
    "CURSOR_EXPIRED",
    "CURSOR_FOREIGN",
    "CURSOR_AHEAD",
  ],
});

const ReplayInput = builder.inputType("ReplayInput", {
  description: "What to send again: exactly one of these.",
  isOneOf: true,
  fields: (t) => ({
    deliveryIds: t.idList({ description: "These deliveries, delivered ones included." }),
    after: t.field({ type: "Cursor", description: "Every matching event after this cursor." }),
    since: t.field({ type: "DateTime", description: "Every matching event since this time." }),
  }),
});

builder.mutationFields((t) => ({
  createWebhook: t.field({
    authScopes: { may: "webhooks:write" },
    type: CreateWebhookResult.type,
    description:
      "Makes a webhook. The address is judged as it is written; its name is looked up at each delivery only.",
    args: {
      instanceId: t.arg.id({ description: "Whose events it gets. All instances' if left out." }),
      input: t.arg({ type: CreateWebhookInput, required: true }),
    },
    resolve: (_, { instanceId, input }, { webhooks, instances }) =>
      CreateWebhookResult.settle(async () => {
        const owner = instanceId ? (await instances.get(instanceId)).id : null;
        const { webhook, secret } = await webhooks.create(owner, webhookInput(input));
        return { ...webhook, secret };
      }),
  }),
  updateWebhook: t.field({
    authScopes: { may: "webhooks:write" },
    type: UpdateWebhookResult.type,
    description: "Changes what is named and leaves the rest.",
    args: {
      id: t.arg.id({ required: true }),
      input: t.arg({ type: UpdateWebhookInput, required: true }),
    },
    resolve: (_, { id, input }, { webhooks }) =>
      UpdateWebhookResult.settle(() => webhooks.update(id, webhookInput(input))),
  }),
  deleteWebhook: t.field({
    authScopes: { may: "webhooks:write" },
    type: DeleteWebhookResult.type,
    description: "Removes a webhook with its deliveries, the pending ones included.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { webhooks }) =>
      DeleteWebhookResult.settle(async () => {
        await webhooks.delete(id);
        return { id };
      }),
  }),
  rotateWebhookSecret: t.field({
    authScopes: { may: "webhooks:write" },
    type: RotateWebhookSecretResult.type,
    description:
      "Makes a new secret, shown this once. For 24 hours deliveries are signed with both, so that no receiver misses one.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { webhooks }) =>
      RotateWebhookSecretResult.settle(async () => {
        const { webhook, secret } = await webhooks.rotateSecret(id);
        return { ...webhook, secret };
      }),
  }),
  testWebhook: t.field({
    authScopes: { may: "webhooks:write" },
    type: TestWebhookResult.type,
    description:
      "Delivers a made-up event `webhook.test` once, at once, signed like any other, even to a disabled webhook.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { webhooks }) => TestWebhookResult.settle(() => webhooks.test(id)),
  }),
  replayWebhook: t.field({
    authScopes: { may: "webhooks:write" },
    type: ReplayWebhookResult.type,
    description:
      "Sends events again, under their old ids so that receivers can tell. Live events go first. Answers at once: ask for the replay again, or subscribe to `replayUpdates`, to see it go on.",
    args: {
      id: t.arg.id({ required: true }),
      input: t.arg({ type: ReplayInput, required: true }),
    },
    resolve: (_, { id, input }, { webhooks }) =>
      ReplayWebhookResult.settle(() => webhooks.replay(id, input)),
  }),
}));
