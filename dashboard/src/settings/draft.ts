import type {
  AccountSettingsFragment,
  InstanceSettingsInput,
} from "../api/generated/operations.ts";

export type Settings = AccountSettingsFragment;

/** What was changed and not saved. An empty text stands for none. */
export type Draft = {
  -readonly [name in keyof InstanceSettingsInput]?: InstanceSettingsInput[name];
};

/** Settings that are on or off. */
export type Switch = {
  [name in keyof Settings]: Settings[name] extends boolean ? name : never;
}[keyof Settings];

/** Settings that are a text, or nothing. */
export type Text = "rejectCallsText" | "browserName" | "whatsappVersion";

/** The draft with one more change; what is again as it was is no change. */
export function changed<Name extends Switch | Text>(
  draft: Draft,
  saved: Settings,
  name: Name,
  value: Settings[Name],
): Draft {
  const { [name]: _, ...rest } = draft;
  return value === saved[name] ? rest : { ...rest, [name]: value };
}
