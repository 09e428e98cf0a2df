import type { Pace } from "../../domain/instance.ts";
import { builder } from "../builder.ts";

export const PaceType = builder.objectRef<Pace>("Pacing").implement({
  description: "How fast an account sends, and what is left of it at this moment.",
  fields: (t) => ({
    perMinute: t.exposeFloat("perMinute", { description: "Messages per minute in the long run." }),
    burst: t.exposeInt("burst", { description: "How many may go at once after a silence." }),
    jitter: t.exposeFloat("jitter", {
      description: "Up to this part of the pause between two messages is added at random, 0 to 1.",
    }),
    remaining: t.exposeInt("remaining", { description: "Messages that may go at once now." }),
    nextInMs: t.exposeInt("nextInMs", {
      description: "Milliseconds until the next message may go; 0 when one may go now.",
    }),
  }),
});

export const PacingInput = builder.inputType("PacingInput", {
  description: "How fast an account may send.",
  fields: (t) => ({
    perMinute: t.float({ required: true, description: "More than 0, at most 6000." }),
    burst: t.int({ description: "1 if left out.", defaultValue: 1 }),
    jitter: t.float({ description: "0 to 1; 0.2 if left out.", defaultValue: 0.2 }),
  }),
});
