import { builder } from "../builder.ts";
import { InstanceConnection, InstanceType } from "./instance.ts";
import { connection, pageSize } from "../page.ts";
import { leavingOn } from "../stream.ts";

builder.queryFields((t) => ({
  instance: t.field({
    authScopes: { may: "instances:read" },
    type: InstanceType,
    nullable: true,
    description: "One instance, or null if there is none with this id.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { instances }) => instances.find(id),
  }),
  instances: t.field({
    authScopes: { may: "instances:read" },
    type: InstanceConnection,
    description: "All instances, in the order in which they were created.",
    args: {
      first: t.arg.int({ description: "How many: 50 if left out, 200 at most." }),
      after: t.arg.string({ description: "The `endCursor` of the page before." }),
    },
    resolve: async (_, { first, after }, { instances }) => {
      const page = await instances.list({
        first: pageSize(first, "first"),
        after: after ?? null,
      });
      return connection(page.instances, ({ id }) => id, {
        hasNextPage: page.hasNextPage,
        hasPreviousPage: false,
      });
    },
  }),
}));

builder.subscriptionFields((t) => ({
  instance: t.field({
    authScopes: { may: "instances:read" },
    type: InstanceType,
    description:
      "One instance as it is now, and again after every change: status, QR code, pairing code, name. Completes when it is deleted.",
    args: { id: t.arg.id({ required: true }) },
    subscribe: (_, { id }, { instances, signal }) => leavingOn(signal, instances.follow(id)),
    resolve: (instance) => instance,
  }),
}));
