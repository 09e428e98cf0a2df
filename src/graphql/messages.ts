import { builder } from "./builder.ts";
import { InstanceType } from "./instance.ts";
import { MessageInterface, shown } from "./message.ts";
import { MessageConnection, messagePage } from "./message-page.ts";
import { MessageStatusType } from "./message-status.ts";
import { PaceType } from "./pacing.ts";

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
    args: {
      first: t.arg.int({ description: "How many of the newest: 50 if left out, 200 at most." }),
      after: t.arg.string({ description: "Only messages older than this cursor." }),
      last: t.arg.int({ description: "How many of the oldest: 200 at most." }),
      before: t.arg.string({ description: "Only messages newer than this cursor." }),
      chatId: t.arg.id({ description: "Only this chat, by LID or by phone-number JID." }),
      statuses: t.arg({ type: [MessageStatusType], description: "Only messages in these states." }),
    },
    resolve: ({ id }, { chatId = null, statuses = null, ...page }, context) =>
      messagePage(context, page, { instanceId: id, chatId, statuses }),
  }),
);
