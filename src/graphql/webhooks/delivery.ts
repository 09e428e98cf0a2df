import type { DeliveryId } from "../../domain/ids.ts";
import type { Attempt, Delivery, DeliveryState } from "../../webhooks/webhooks.ts";
import { batched } from "../batch.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { described } from "../enum.ts";
import { connection, pageSize } from "../page.ts";
import { WebhookType } from "./webhook.ts";

const DeliveryStateType = builder.enumType("DeliveryState", {
  description: "Where a delivery stands.",
  values: described<DeliveryState>({
    PENDING: "Waiting for its first or next attempt.",
    DELIVERED: "The receiver answered with a status from 200 to 299.",
    FAILED: "Given up: every attempt failed. Replay it when the receiver works again.",
  }),
});

const AttemptType = builder.objectRef<Attempt>("DeliveryAttempt").implement({
  description: "One POST to a webhook, and how it went.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Names the attempt." }),
    at: t.expose("at", { type: "DateTime", description: "When it began." }),
    durationMs: t.exposeInt("durationMs", { description: "How long it took, in milliseconds." }),
    dnsMs: t.exposeInt("dnsMs", {
      nullable: true,
      description: "Of this, looking up the name. Null where the connection was open already.",
    }),
    connectMs: t.exposeInt("connectMs", {
      nullable: true,
      description: "Of this, connecting and TLS. Null where the connection was open already.",
    }),
    firstByteMs: t.exposeInt("firstByteMs", {
      nullable: true,
      description: "Of this, waiting for the answer to begin.",
    }),
    status: t.exposeInt("status", {
      nullable: true,
      description: "The HTTP status, if the receiver answered.",
    }),
    errorCode: t.exposeString("errorCode", {
      nullable: true,
      description: "The kind of failure, if it did not: DNS, CONNECT, TLS, TIMEOUT, …",
    }),
    error: t.exposeString("error", { nullable: true, description: "The failure in words." }),
    response: t.exposeString("response", {
      nullable: true,
      description: "The beginning of the answer's body, 16 KiB at most.",
    }),
    nextAttemptAt: t.expose("nextAttemptAt", {
      type: "DateTime",
      nullable: true,
      description: "When the attempt after it was due. Null after the last.",
    }),
  }),
});

const attemptsOf = batched<Context, DeliveryId, readonly Attempt[]>(({ webhooks }, ids) =>
  webhooks.attempts(ids),
);

export const DeliveryType = builder.objectRef<Delivery>("Delivery").implement({
  description: "One event on its way to one webhook.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Names the delivery." }),
    eventId: t.exposeID("eventId", { description: "The event; receivers see it as `webhook-id`." }),
    eventType: t.exposeString("eventType", {
      description: "Such as `message.received`; `webhook.test` for a test.",
    }),
    webhookId: t.exposeID("webhookId", { description: "Where it goes." }),
    state: t.expose("state", { type: DeliveryStateType, description: "Where it stands." }),
    tries: t.exposeInt("tries", { description: "How many attempts were made." }),
    attempts: t.field({
      type: [AttemptType],
      description: "The last 20 attempts, the oldest first.",
      resolve: async ({ id }, _, context) => (await attemptsOf(context, id)) ?? [],
    }),
    nextAttemptAt: t.expose("nextAttemptAt", {
      type: "DateTime",
      nullable: true,
      description:
        "When it is tried next. Null when it is done, and while it waits for those before it or for its endpoint, of which `Webhook.pausedUntil` tells.",
    }),
    late: t.exposeBoolean("late", {
      description: "Whether it failed for so long that later events of its chat went ahead.",
    }),
    replayed: t.exposeBoolean("replayed", { description: "Whether it was sent again by a call." }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When the event came." }),
    doneAt: t.expose("doneAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was delivered or given up.",
    }),
  }),
});

const DeliveryConnection = builder.connectionObject(
  { type: DeliveryType, name: "DeliveryConnection", description: "A page of deliveries." },
  { name: "DeliveryEdge", description: "A delivery on a page." },
);

builder.objectField(WebhookType, "deliveries", (t) =>
  t.field({
    type: DeliveryConnection,
    description: "What was and will be posted, the newest first.",
    args: {
      first: t.arg.int({ description: "How many: 50 if left out, 200 at most." }),
      after: t.arg.string({ description: "The `endCursor` of the page before." }),
      state: t.arg({ type: DeliveryStateType, description: "Only those in this state." }),
      types: t.arg.stringList({
        description: "Only of events of these types and patterns, such as `message.*`.",
      }),
      since: t.arg({
        type: "DateTime",
        description: "Only of events logged at this time or later.",
      }),
    },
    resolve: async (webhook, { first, after, state, types, since }, { webhooks }) => {
      const page = await webhooks.deliveries(webhook.id, {
        limit: pageSize(first, "first"),
        after: after ?? null,
        state: state ?? null,
        eventTypes: types ?? null,
        since: since ?? null,
      });
      return connection(page.deliveries, ({ id }) => id, {
        hasNextPage: page.hasNextPage,
        hasPreviousPage: false,
      });
    },
  }),
);
