import { z } from "zod";
import { alias } from "./alias.ts";
import { present, settled } from "./answer.ts";
import { limit, list } from "./fields.ts";
import {
  EventDeliveriesDocument,
  GetDeliveryDocument,
  ListDeliveriesDocument,
  ListReplaysDocument,
  ReplayWebhookDocument,
  TestWebhookDocument,
} from "./generated/operations.ts";
import type { DeliveryStateFragment, ReplayStateFragment } from "./generated/operations.ts";
import { noDelivery, noWebhook } from "./missing.ts";

/** Without `doneAt` it goes on. */
function replayOf({
  __typename,
  ...state
}: ReplayStateFragment & { readonly __typename?: string }) {
  return present(state);
}

function deliveryOf({ attempts, ...delivery }: DeliveryStateFragment) {
  return present({ ...delivery, attempts: attempts.map(present) });
}

export const deliveryAliases = [
  alias({
    method: "POST",
    path: "/webhooks/:id/test",
    summary: "Deliver a made-up event to a webhook",
    statuses: [202],
    document: TestWebhookDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ testWebhook }) =>
      settled(testWebhook, ({ id: deliveryId, eventId, state }) => ({
        status: 202,
        body: { deliveryId, eventId, state },
      })),
  }),
  alias({
    method: "POST",
    path: "/webhooks/:id/replay",
    summary: "Send events again: single deliveries, all after a cursor, or all since a time",
    statuses: [202],
    body: z.union(
      [
        z.strictObject({ deliveryIds: z.array(z.string()) }),
        z.strictObject({ after: z.string() }),
        z.strictObject({ since: z.iso.datetime({ offset: true }) }),
      ],
      "Give exactly one of `deliveryIds`, `after` and `since`",
    ),
    document: ReplayWebhookDocument,
    variables: ({ params: { id }, body }) => ({ id, input: body }),
    answer: ({ replayWebhook }) =>
      settled(replayWebhook, (replay) => ({ status: 202, body: replayOf(replay) })),
  }),
  alias({
    method: "GET",
    path: "/webhooks/:id/replays",
    summary: "What is and was sent again on request, and how far that has come",
    query: z.strictObject({ limit: limit.optional() }),
    document: ListReplaysDocument,
    variables: ({ params: { id }, query }) => ({ id, first: query.limit }),
    answer: ({ webhook }, { params: { id } }) => {
      if (!webhook) return noWebhook(id);
      return { status: 200, body: webhook.replays.map(replayOf) };
    },
  }),
  alias({
    method: "GET",
    path: "/webhooks/:id/deliveries",
    summary: "What was and will be delivered to a webhook, each with its last 20 attempts",
    query: z.strictObject({
      state: z.enum(["PENDING", "DELIVERED", "FAILED"]).optional(),
      type: list.optional(),
      since: z.iso.datetime({ offset: true }).optional(),
      limit: limit.optional(),
      after: z.string().optional(),
    }),
    document: ListDeliveriesDocument,
    variables: ({ params: { id }, query: { state, type: types, since, limit: first, after } }) => ({
      id,
      state,
      types,
      since,
      first,
      after,
    }),
    answer: ({ webhook }, { params: { id } }) => {
      if (!webhook) return noWebhook(id);
      const { edges, pageInfo } = webhook.deliveries;
      const deliveries = edges.map(({ node }) => deliveryOf(node));
      const cursor = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      return { status: 200, body: { deliveries, cursor } };
    },
  }),
  alias({
    method: "GET",
    path: "/events/:id/deliveries",
    summary: "Which webhooks got an event: its delivery to each",
    document: EventDeliveriesDocument,
    variables: ({ params: { id } }) => ({ eventId: id }),
    answer: ({ deliveries }) => ({ status: 200, body: deliveries.map(deliveryOf) }),
  }),
  // The answers stand here and not in the list: a page of them would be tens of megabytes.
  alias({
    method: "GET",
    path: "/deliveries/:id",
    summary: "One delivery, with what the receiver answered to each of its last 20 attempts",
    document: GetDeliveryDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ delivery }, { params: { id } }) =>
      delivery ? { status: 200, body: deliveryOf(delivery) } : noDelivery(id),
  }),
];
