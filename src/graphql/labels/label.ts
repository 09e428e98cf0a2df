import type { Label } from "../../domain/label.ts";
import type { Chat } from "../../directory/chat.ts";
import { batched } from "../batch.ts";
import { builder } from "../builder.ts";
import { StoredChatType } from "../chats/chat.ts";
import type { Context } from "../context.ts";
import { MessageInterface } from "../messages/message.ts";

export const LabelType = builder.objectRef<Label>("Label").implement({
  description: "What an account of WhatsApp Business sorts its chats and messages by.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "WhatsApp's id, one of its own for each account." }),
    name: t.exposeString("name", { description: "What it is called." }),
    color: t.exposeInt("color", { description: "Which of WhatsApp's 20 colours, from 0 on." }),
  }),
});

const ofChat = batched<Context, Chat, readonly Label[]>(({ labels }, chats) =>
  labels.ofChats(chats),
);

const ofMessage = batched<Context, string, readonly Label[]>(({ labels }, uids) =>
  labels.ofMessages(uids),
);

builder.objectField(StoredChatType, "labels", (t) =>
  t.field({
    type: [LabelType],
    description: "The labels on it. WhatsApp Business only.",
    resolve: async (chat, _, context) => [...((await ofChat(context, chat)) ?? [])],
  }),
);

builder.interfaceField(MessageInterface, "labels", (t) =>
  t.field({
    type: [LabelType],
    description: "The labels on it. WhatsApp Business only; none inside events.",
    resolve: async ({ uid }, _, context) =>
      uid === undefined ? [] : [...((await ofMessage(context, uid)) ?? [])],
  }),
);

builder.queryField("labels", (t) =>
  t.field({
    authScopes: { may: "messages:read" },
    type: [LabelType],
    description:
      "The labels of an account, in the order of their ids. WhatsApp Business only: other accounts have none.",
    args: { instanceId: t.arg.id({ required: true }) },
    resolve: async (_, { instanceId }, { labels }) => [...(await labels.list(instanceId))],
  }),
);
