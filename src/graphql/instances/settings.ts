import type { InstanceSettings } from "../../domain/settings.ts";
import { builder } from "../builder.ts";

/** The same words for what is shown and what is changed. */
const WORDS = {
  rejectCalls: "Whether calls are refused as soon as they ring.",
  rejectCallsText:
    "What the caller is then told, as an ordinary message of up to 4,096 characters. Null: nothing. Who calls a group is told nothing.",
  ignoreGroups:
    "Whether what is said in groups is left out: it makes no event and is not stored. WhatsApp is told that it arrived.",
  ignoreStatus: "The same for what contacts post for all to see.",
  ignoreChannels: "The same for posts of channels.",
  alwaysOnline:
    "Whether it is shown as online whenever it is connected. Its phone may stop to notify its owner meanwhile.",
  readMessages: "Whether what comes in from people and groups is marked as read: the blue ticks.",
  fullHistory: "Whether the phone is asked for all its history when it links. Heard at linking.",
  browserName:
    "The name under which the phone shows it among its linked devices, up to 50 characters. Null: the gateway's own. Heard at linking.",
  whatsappVersion:
    "The client version to claim, such as `2.3000.1023`. Null: the gateway's own. Used from the next connection on.",
} as const satisfies Record<keyof InstanceSettings, string>;

export const InstanceSettingsType = builder
  .objectRef<InstanceSettings>("InstanceSettings")
  .implement({
    description: "What an account does by itself, and how it connects.",
    fields: (t) => {
      const text = (name: "rejectCallsText" | "browserName" | "whatsappVersion") =>
        t.exposeString(name, { nullable: true, description: WORDS[name] });
      return {
        rejectCalls: t.exposeBoolean("rejectCalls", { description: WORDS.rejectCalls }),
        rejectCallsText: text("rejectCallsText"),
        ignoreGroups: t.exposeBoolean("ignoreGroups", { description: WORDS.ignoreGroups }),
        ignoreStatus: t.exposeBoolean("ignoreStatus", { description: WORDS.ignoreStatus }),
        ignoreChannels: t.exposeBoolean("ignoreChannels", { description: WORDS.ignoreChannels }),
        alwaysOnline: t.exposeBoolean("alwaysOnline", { description: WORDS.alwaysOnline }),
        readMessages: t.exposeBoolean("readMessages", { description: WORDS.readMessages }),
        fullHistory: t.exposeBoolean("fullHistory", { description: WORDS.fullHistory }),
        browserName: text("browserName"),
        whatsappVersion: text("whatsappVersion"),
      };
    },
  });

export const InstanceSettingsInput = builder.inputType("InstanceSettingsInput", {
  description: "What to change of an instance's settings. What is left out stays.",
  fields: (t) => ({
    rejectCalls: t.boolean({ description: WORDS.rejectCalls }),
    rejectCallsText: t.string({ description: WORDS.rejectCallsText }),
    ignoreGroups: t.boolean({ description: WORDS.ignoreGroups }),
    ignoreStatus: t.boolean({ description: WORDS.ignoreStatus }),
    ignoreChannels: t.boolean({ description: WORDS.ignoreChannels }),
    alwaysOnline: t.boolean({ description: WORDS.alwaysOnline }),
    readMessages: t.boolean({ description: WORDS.readMessages }),
    fullHistory: t.boolean({ description: WORDS.fullHistory }),
    browserName: t.string({ description: WORDS.browserName }),
    whatsappVersion: t.string({ description: WORDS.whatsappVersion }),
  }),
});
