import type { GatewayNode } from "../../health/health.ts";
import type { VitalSigns } from "../../health/vital-signs.ts";
import { builder } from "../builder.ts";

const VitalSignsType = builder.objectRef<VitalSigns>("VitalSigns").implement({
  description: "How a process felt in the 15 seconds up to a moment.",
  fields: (t) => ({
    at: t.expose("at", { type: "DateTime", description: "The moment." }),
    memory: t.exposeFloat("memory", { description: "Resident memory in bytes." }),
    heap: t.exposeFloat("heap", { description: "Of it what JavaScript uses, in bytes." }),
    processor: t.exposeFloat("processor", {
      description: "The share of one processor that it used: 1.5 is one and a half.",
    }),
    eventLoopDelay: t.exposeFloat("eventLoopDelay", {
      description: "How late a timer was, in milliseconds: 99 of 100 were not later.",
    }),
  }),
});

export const GatewayNodeType = builder.objectRef<GatewayNode>("GatewayNode").implement({
  description: "A process of this gateway.",
  fields: (t) => ({
    startedAt: t.expose("startedAt", { type: "DateTime", description: "Since when it runs." }),
    vitalSigns: t.field({
      type: [VitalSignsType],
      description:
        "Every 15 seconds for an hour, the oldest first; the last as of now, for the time since the one before.",
      resolve: ({ signs }) => [...signs],
    }),
  }),
});
