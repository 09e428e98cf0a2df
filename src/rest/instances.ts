import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { limit, webhookInput, webhookOrUrl } from "./fields.ts";
import {
  CreateInstanceDocument,
  DeleteInstanceDocument,
  GetInstanceDocument,
  ListInstancesDocument,
} from "./generated/operations.ts";
import type { InstanceStateFragment } from "./generated/operations.ts";
import { noInstance } from "./missing.ts";

function stateOf({ id, ...state }: InstanceStateFragment) {
  return { instanceId: id, ...state };
}

export const instanceAliases = [
  alias({
    method: "POST",
    path: "/instances",
    summary: "Create an instance, which connects at once",
    statuses: [201],
    body: z.strictObject({
      instanceId: z.string().optional(),
      name: z.string().optional(),
      webhook: webhookOrUrl.optional(),
    }),
    document: CreateInstanceDocument,
    variables: ({ body: { instanceId, name, webhook } }) => ({
      input: {
        id: instanceId,
        name,
        webhook: webhook && webhookInput(webhook),
      },
      // Whoever may make instances need not be allowed to see webhooks.
      withWebhook: webhook !== undefined,
    }),
    answer: ({ createInstance }) =>
      settled(createInstance, ({ id, status, webhook }) => ({
        status: 201,
        headers: { location: `/instances/${id}/status` },
        body: { instanceId: id, status, ...(webhook && { webhook }) },
      })),
  }),
  alias({
    method: "GET",
    path: "/instances",
    summary: "List instances in the order of their creation",
    query: z.strictObject({ limit: limit.optional(), after: z.string().optional() }),
    document: ListInstancesDocument,
    variables: ({ query: { limit: first, after } }) => ({ first, after }),
    answer: ({ instances: { edges, pageInfo } }, { query }) => {
      const next = new URLSearchParams({
        ...(query.limit && { limit: String(query.limit) }),
        after: pageInfo.endCursor ?? "",
      });
      return {
        status: 200,
        ...(pageInfo.hasNextPage && { headers: { link: `</instances?${next}>; rel="next"` } }),
        body: edges.map(({ node }) => stateOf(node)),
      };
    },
  }),
  alias({
    method: "GET",
    path: "/instances/:id/status",
    summary: "Where an instance stands",
    document: GetInstanceDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ instance }, { params: { id } }) =>
      instance ? { status: 200, body: stateOf(instance) } : noInstance(id),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id",
    summary: "Log out where WhatsApp can be reached, and remove the instance with all its data",
    statuses: [204],
    document: DeleteInstanceDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ deleteInstance }) => settled(deleteInstance, () => ({ status: 204 })),
  }),
];
