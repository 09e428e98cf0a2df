import type { Health } from "../../health/health.ts";
import type { Storage } from "../../health/storage.ts";
import { builder } from "../builder.ts";
import { ThroughputType } from "../instances/throughput.ts";
import { GatewayNodeType } from "./node.ts";

const StorageType = builder.objectRef<Storage>("Storage").implement({
  description: "What the data takes, and what there is for more.",
  fields: (t) => ({
    database: t.exposeFloat("database", { description: "The size of the database in bytes." }),
    attachments: t.exposeFloat("attachments", {
      description:
        "What the gateway's own copies of attachments take, on the disk or in the bucket, in bytes.",
    }),
    free: t.exposeFloat("free", {
      description: "What is left on the disk of the data directory, in bytes.",
    }),
  }),
});

const HealthType = builder.objectRef<Health>("Health").implement({
  description: "How the gateway is, all accounts together.",
  fields: (t) => ({
    notReady: t.field({
      type: ["String"],
      description: "Why it should get no traffic, as `/readyz` says it. Empty while all is well.",
      resolve: async ({ readiness }) => [...(await readiness())],
    }),
    nodes: t.field({
      type: [GatewayNodeType],
      description: "The processes that it runs on.",
      resolve: ({ nodes }) => [...nodes()],
    }),
    storage: t.field({
      type: StorageType,
      description: "Where the data is.",
      resolve: ({ storage }) => storage(),
    }),
    throughput: t.field({
      type: ThroughputType,
      description: "How many messages of all accounts went through in the last hour.",
      resolve: (_, __, { throughput }) => throughput.of(),
    }),
  }),
});

builder.queryField("health", (t) =>
  t.field({
    authScopes: { may: "metrics:read" },
    type: HealthType,
    description:
      "How the gateway is: its processes, its storage, and what goes through, whatever accounts a key is limited to. For load balancers there are `/livez` and `/readyz`.",
    resolve: (_, __, { health }) => health,
  }),
);
