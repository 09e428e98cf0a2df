import type { Chat } from "../../directory/chat.ts";
import type { StoredMessage } from "../../messages/messages.ts";
import { nameFields } from "../address.ts";
import { batched } from "../batch.ts";
import { builder } from "../builder.ts";
import { ChatKindType } from "./chat-kind.ts";
import { settingFields } from "./chat-settings.ts";
import type { Context } from "../context.ts";
import { MessageInterface, shown } from "../messages/message.ts";
import { narrowingArgs, wanted } from "../messages/message-filter.ts";
import { MessageConnection, messagePage, pageArgs } from "../messages/message-page.ts";

const lastMessageOf = batched<Context, Chat, StoredMessage>(async ({ messages }, chats) => {
  const names = chats.map(({ instanceId, id, pn }) => {
    return { instanceId, ids: pn === null || pn === id ? [id] : [id, pn] };
  });
  const found = await messages.latest(names);
  const entries = chats.map((chat, at) => [chat, found[at]] as const);
  return new Map(entries.flatMap(([chat, last]) => (last ? [[chat, last]] : [])));
});

export const StoredChatType = builder.objectRef<Chat>("Chat").implement({
  description: "A conversation as the account sees it: with a person, a group or a channel.",
  fields: (t) => ({
    instanceId: t.exposeID("instanceId", { description: "Whose chat it is." }),
    kind: t.expose("kind", { type: ChatKindType, description: "What it is." }),
    name: t.exposeString("name", {
      nullable: true,
      description:
        "What the person calls themselves, or what the group is called. Null while nobody has told.",
    }),
    activeAt: t.expose("activeAt", {
      type: "DateTime",
      description: "When something last happened in it, by which chats are sorted.",
    }),
    lastMessage: t.field({
      type: MessageInterface,
      nullable: true,
      description: "The latest message that was received, or that WhatsApp's server has taken.",
      resolve: async (chat, _, context) => {
        const last = await lastMessageOf(context, chat);
        return last ? shown(last) : null;
      },
    }),
    lastMessageAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When that was written. Null while no message is kept.",
      resolve: async (chat, _, context) =>
        (await lastMessageOf(context, chat))?.message.timestamp ?? null,
    }),
    messages: t.field({
      type: MessageConnection,
      description:
        "What was written in it, the newest first: `first` takes the newest, `last` the oldest.",
      args: { ...pageArgs(t.arg), ...narrowingArgs(t.arg) },
      resolve: ({ instanceId, id }, args, context) =>
        messagePage(context, args, wanted(instanceId, { ...args, chatId: id })),
    }),
  }),
});

nameFields(StoredChatType);
settingFields(StoredChatType);
