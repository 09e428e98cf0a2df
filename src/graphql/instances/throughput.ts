import type { Throughput } from "../../events/throughput.ts";
import { builder } from "../builder.ts";
import { InstanceType } from "./instance.ts";

export const ThroughputType = builder.objectRef<Throughput>("Throughput").implement({
  description:
    "How many messages went through, for each of the last 60 minutes, the oldest first. The last minute has not ended.",
  fields: (t) => ({
    from: t.expose("from", {
      type: "DateTime",
      description: "When the first of the minutes began.",
    }),
    received: t.field({
      type: ["Int"],
      description: "Messages that others wrote.",
      resolve: ({ received }) => [...received],
    }),
    sent: t.field({
      type: ["Int"],
      description:
        "Messages of the account that WhatsApp's server has taken, from wherever they were sent.",
      resolve: ({ sent }) => [...sent],
    }),
  }),
});

builder.objectField(InstanceType, "throughput", (t) =>
  t.field({
    type: ThroughputType,
    description: "How many messages went through in the last hour.",
    resolve: ({ id }, _, { throughput }) => throughput.of(id),
  }),
);
