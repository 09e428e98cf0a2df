import { alias } from "./alias.ts";
import { present, settled } from "./answer.ts";
import { changedWebhook, newWebhook, webhookInput } from "./fields.ts";
import {
  CreateWebhookDocument,
  DeleteWebhookDocument,
  GetWebhookDocument,
  ListWebhooksDocument,
  RotateWebhookSecretDocument,
  UpdateWebhookDocument,
} from "./generated/operations.ts";
import { noWebhook } from "./missing.ts";
import type { WebhookStateFragment } from "./generated/operations.ts";

/** Without `instanceId` it is a webhook for all instances, without `disabledReason` none. */
function stateOf({ __typename, ...state }: WebhookStateFragment) {
  return present(state);
}

export const webhookAliases = [
  alias({
    method: "GET",
    path: "/webhooks",
    summary: "List all webhooks",
    document: ListWebhooksDocument,
    variables: () => ({}),
    answer: ({ webhooks }) => ({ status: 200, body: webhooks.map(stateOf) }),
  }),
  alias({
    method: "GET",
    path: "/webhooks/:id",
    summary: "One webhook, with how much waits, how much arrives, and how late",
    document: GetWebhookDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ webhook }, { params: { id } }) => {
      if (!webhook) return noWebhook(id);
      const { statistics, ...state } = webhook;
      return { status: 200, body: { ...stateOf(state), statistics: present(statistics) } };
    },
  }),
  alias({
    method: "POST",
    path: "/webhooks",
    summary: "Make a webhook for the events of all instances; its secret is shown this once",
    statuses: [201],
    body: newWebhook,
    document: CreateWebhookDocument,
    variables: ({ body }) => ({ input: webhookInput(body) }),
    answer: ({ createWebhook }) =>
      settled(createWebhook, (webhook) => ({ status: 201, body: stateOf(webhook) })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/webhooks",
    summary: "Make a webhook for the events of an instance; its secret is shown this once",
    statuses: [201],
    body: newWebhook,
    document: CreateWebhookDocument,
    variables: ({ params: { id }, body }) => ({ instanceId: id, input: webhookInput(body) }),
    answer: ({ createWebhook }) =>
      settled(createWebhook, (webhook) => ({ status: 201, body: stateOf(webhook) })),
  }),
  alias({
    method: "PATCH",
    path: "/webhooks/:id",
    summary: "Change what is named of a webhook",
    body: changedWebhook,
    document: UpdateWebhookDocument,
    variables: ({ params: { id }, body }) => ({ id, input: webhookInput(body) }),
    answer: ({ updateWebhook }) =>
      settled(updateWebhook, (webhook) => ({ status: 200, body: stateOf(webhook) })),
  }),
  alias({
    method: "POST",
    path: "/webhooks/:id/rotateSecret",
    summary: "Make a new secret, shown this once; for 24 hours both sign",
    document: RotateWebhookSecretDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ rotateWebhookSecret }) =>
      settled(rotateWebhookSecret, ({ __typename, ...made }) => ({ status: 200, body: made })),
  }),
  alias({
    method: "DELETE",
    path: "/webhooks/:id",
    summary: "Remove a webhook with its deliveries",
    statuses: [204],
    document: DeleteWebhookDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ deleteWebhook }) => settled(deleteWebhook, () => ({ status: 204 })),
  }),
];
