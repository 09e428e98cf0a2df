import { builder } from "../builder.ts";
import { connection, pageSize } from "../page.ts";
import { BatchConnection, BatchType } from "./batch.ts";

builder.queryFields((t) => ({
  batch: t.field({
    authScopes: { may: "messages:read" },
    type: BatchType,
    nullable: true,
    description: "One batch, or null if there is none with this id.",
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_, { id }, { batches }) => (await batches.find(id)) ?? null,
  }),
  batches: t.field({
    authScopes: { may: "messages:read" },
    type: BatchConnection,
    description: "The batches of an instance, the latest first.",
    args: {
      instanceId: t.arg.id({ required: true }),
      first: t.arg.int({ description: "How many: 50 if left out, 200 at most." }),
      after: t.arg.string({ description: "The `endCursor` of the page before." }),
    },
    resolve: async (_, { instanceId, first, after }, { batches }) => {
      const page = await batches.list(instanceId, { limit: pageSize(first, "first"), after });
      return connection(page.entries, ({ id }) => id, {
        hasNextPage: page.more,
        hasPreviousPage: Boolean(after),
      });
    },
  }),
}));

builder.subscriptionField("batchUpdates", (t) =>
  t.field({
    authScopes: { may: "messages:read" },
    type: BatchType,
    description:
      "A batch now and whenever more of it was put into the queue. Ends when it is DONE or CANCELLED; of one that does not exist nothing is told. What becomes of its messages the events tell.",
    args: { id: t.arg.id({ required: true }) },
    subscribe: (_, { id }, { batches, signal }) => batches.follow(id, signal),
    resolve: (batch) => batch,
  }),
);
