import type { SettingsChange } from "../../domain/settings.ts";
import { builder } from "../builder.ts";
import { resultType } from "../result.ts";
import { InstanceType } from "./instance.ts";
import { InstanceSettingsInput } from "./settings.ts";

const UpdateInstanceSettingsResult = resultType("UpdateInstanceSettingsResult", {
  description: "The instance with its new settings.",
  success: [InstanceType],
  errors: ["INSTANCE_NOT_FOUND", "BAD_INPUT", "INVALID_ADDRESS"],
});

builder.mutationField("updateInstanceSettings", (t) =>
  t.field({
    authScopes: { may: "instances:write" },
    type: UpdateInstanceSettingsResult.type,
    description:
      "Changes what an instance does by itself, at once, and how it connects, with its next connection.",
    args: {
      id: t.arg.id({ required: true }),
      input: t.arg({ type: InstanceSettingsInput, required: true }),
    },
    resolve: (_, { id, input }, { instances }) =>
      UpdateInstanceSettingsResult.settle(() => instances.changeSettings(id, changeIn(input))),
  }),
);

/** Null clears a text; of a switch it says nothing. */
function changeIn(input: typeof InstanceSettingsInput.$inferInput): SettingsChange {
  const { rejectCallsText, browserName, whatsappVersion, proxy, ...switches } = input;
  const texts = Object.entries({ rejectCallsText, browserName, whatsappVersion, proxy });
  const named = [
    ...texts.filter(([, value]) => value !== undefined),
    ...Object.entries(switches).filter(([, value]) => value !== undefined && value !== null),
  ];
  return Object.fromEntries(named) as SettingsChange;
}
