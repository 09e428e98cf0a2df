import { builder } from "../builder.ts";
import { InstanceType } from "../instances/instance.ts";
import { MessageInterface, shown } from "./message.ts";
import { filterArgs, wanted } from "./message-filter.ts";
import { MessageConnection, messagePage, pageArgs } from "./message-page.ts";
import { PaceType } from "../instances/pacing.ts";

builder.queryField("message", (t) =>
  t.field({
    authScopes: { may: "messages:read" },
    type: MessageInterface,
    nullable: true,
    description: "One message, or null if there is none with this uid.",
    args: { uid: t.arg.id({ required: true }) },
    resolve: async (_, { uid }, { messages }) => {
      const stored = await messages.find(uid);
      return stored ? shown(stored) : null;
    },
  }),
);

builder.interfaceField(MessageInterface, "instance", (t) =>
  t.field({
    authScopes: { may: "instances:read" },
    type: InstanceType,
    nullable: true,
    description: "The account it belongs to. Null if that was deleted meanwhile.",
    resolve: async ({ instanceId }, _, { instances }) => (await instances.find(instanceId)) ?? null,
  }),
);

// Beside `instance`, which whoever may only send may not see.
builder.interfaceField(MessageInterface, "pacing", (t) =>
  t.field({
    type: PaceType,
    nullable: true,
    description: "How fast its account may send at this moment. Null for as fast as it can.",
    resolve: async ({ instanceId }, _, { instances, messages }) => {
      const pacing = (await instances.find(instanceId))?.pacing ?? null;
      return pacing && messages.pace(instanceId, pacing);
    },
  }),
);

builder.objectField(InstanceType, "messages", (t) =>
  t.field({
    authScopes: { may: "messages:read" },
    type: MessageConnection,
    description:
      "The messages of this instance, the newest first: `first` takes the newest, `last` the oldest.",
    args: { ...pageArgs(t.arg), ...filterArgs(t.arg) },
    resolve: ({ id }, args, context) => messagePage(context, args, wanted(id, args)),
  }),
);

builder.queryField("messages", (t) =>
  t.field({
    authScopes: { may: "messages:read" },
    type: MessageConnection,
    description:
      "The messages of an instance, the newest first: the same as `Instance.messages`, for keys that may not see the instance itself.",
    args: { instanceId: t.arg.id({ required: true }), ...pageArgs(t.arg), ...filterArgs(t.arg) },
    resolve: async (_, { instanceId, ...args }, context) => {
      const { id } = await context.instances.get(instanceId);
      return messagePage(context, args, wanted(id, args));
    },
  }),
);
