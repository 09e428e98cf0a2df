import { z } from "zod";
import { alias } from "./alias.ts";
import { type Answer, settled } from "./answer.ts";
import {
  GetInstanceSettingsDocument,
  UpdateInstanceSettingsDocument,
} from "./generated/operations.ts";
import type { SettingsStateFragment } from "./generated/operations.ts";
import { noInstance } from "./missing.ts";

const answerOf = ({ id: instanceId, settings }: SettingsStateFragment): Answer => ({
  status: 200,
  body: { instanceId, ...settings },
});

const change = z.strictObject({
  rejectCalls: z.boolean(),
  rejectCallsText: z.string().nullable(),
  ignoreGroups: z.boolean(),
  ignoreStatus: z.boolean(),
  ignoreChannels: z.boolean(),
  storeMedia: z.boolean(),
  alwaysOnline: z.boolean(),
  readMessages: z.boolean(),
  fullHistory: z.boolean(),
  browserName: z.string().nullable(),
  whatsappVersion: z.string().nullable(),
  proxy: z.string().nullable(),
});

export const settingsAliases = [
  alias({
    method: "GET",
    path: "/instances/:id/settings",
    summary: "What an instance does by itself, and how it connects",
    document: GetInstanceSettingsDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ instance }, { params: { id } }) => (instance ? answerOf(instance) : noInstance(id)),
  }),
  alias({
    method: "PATCH",
    path: "/instances/:id/settings",
    summary: "Change what is named of an instance's settings",
    body: change.partial(),
    document: UpdateInstanceSettingsDocument,
    variables: ({ params: { id }, body: input }) => ({ id, input }),
    answer: ({ updateInstanceSettings }) => settled(updateInstanceSettings, answerOf),
  }),
];
