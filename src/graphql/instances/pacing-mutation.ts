import { builder } from "../builder.ts";
import { InstanceType } from "./instance.ts";
import { PacingInput } from "./pacing.ts";
import { resultType } from "../result.ts";

const SetPacingResult = resultType("SetPacingResult", {
  description: "The instance at its new pace.",
  success: [InstanceType],
  errors: ["INSTANCE_NOT_FOUND", "BAD_INPUT"],
});

builder.mutationField("setPacing", (t) =>
  t.field({
    authScopes: { may: "instances:write" },
    type: SetPacingResult.type,
    description:
      "Decides how fast an instance sends; what is faster waits in its queue. Without pacing it sends as fast as it can.",
    args: {
      id: t.arg.id({ required: true }),
      pacing: t.arg({ type: PacingInput, description: "Null takes the pacing away." }),
    },
    resolve: (_, { id, pacing }, { instances }) =>
      SetPacingResult.settle(() => {
        const { perMinute, burst, jitter } = pacing ?? { perMinute: null };
        if (perMinute === null) return instances.setPacing(id, null);
        return instances.setPacing(id, { perMinute, burst: burst ?? 1, jitter: jitter ?? 0.2 });
      }),
  }),
);
