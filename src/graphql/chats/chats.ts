import type { Page } from "../../directory/chat.ts";
import { builder } from "../builder.ts";
import { StoredChatType } from "./chat.ts";
import { ChatKindType } from "./chat-kind.ts";
import type { PageArguments } from "../page.ts";
import { connection, pageOf } from "../page.ts";

const ChatConnection = builder.connectionObject(
  { type: StoredChatType, name: "ChatConnection", description: "A page of chats." },
  { name: "ChatEdge", description: "A chat on a page." },
);

const ChatFilter = builder.inputType("ChatFilter", {
  description: "Which chats are wanted. What is left out is not asked about.",
  fields: (t) => ({
    kinds: t.field({ type: [ChatKindType], description: "Only chats of these kinds." }),
    unread: t.boolean({
      description: "Only chats with unread messages; with false, only those without.",
    }),
    archived: t.boolean({
      description: "Only archived chats; with false, only those that are not.",
    }),
    labelId: t.id({ description: "Only chats with this label." }),
  }),
});

/** What a list of the directory is asked for by Relay's arguments. @throws GatewayError BAD_INPUT */
export function listed(args: PageArguments) {
  const { size: limit, backward } = pageOf(args);
  const { after = null, before = null } = args;
  return { limit, after, before, from: backward ? "END" : "START" } as const;
}

/** Such a page in Relay's shape. */
export function listedPage<T>({ entries, more }: Page<T>, args: PageArguments) {
  const { backward } = pageOf(args);
  return connection(entries, ({ cursor }) => cursor, {
    hasNextPage: backward ? Boolean(args.before) : more,
    hasPreviousPage: backward ? more : Boolean(args.after),
  });
}

builder.queryField("chats", (t) =>
  t.field({
    authScopes: { may: "messages:read" },
    type: ChatConnection,
    description:
      "The chats of an instance, the one that was active last first. `name` and `unreadCount` follow what the gateway has seen since it was linked; what is archived, pinned or muted is as on the phone.",
    args: {
      instanceId: t.arg.id({ required: true }),
      first: t.arg.int({ description: "How many: 50 if left out, 200 at most." }),
      after: t.arg.string({ description: "Only chats that stand behind this cursor." }),
      last: t.arg.int({ description: "How many of the end of the list: 200 at most." }),
      before: t.arg.string({ description: "Only chats that stand before this cursor." }),
      filter: t.arg({ type: ChatFilter }),
    },
    resolve: async (_, { instanceId, filter, ...page }, { instances, chats }) => {
      const { id } = await instances.get(instanceId);
      const { kinds = null, unread = null, archived = null, labelId = null } = filter ?? {};
      const found = await chats.list({
        instanceId: id,
        kinds,
        unread,
        archived,
        labelId,
        ...listed(page),
      });
      return listedPage(found, page);
    },
  }),
);

builder.queryField("chat", (t) =>
  t.field({
    authScopes: { may: "messages:read" },
    type: StoredChatType,
    nullable: true,
    description: "One chat, or null if the account knows none with this id.",
    args: {
      instanceId: t.arg.id({ required: true }),
      id: t.arg.id({ required: true, description: "By LID, phone-number or group JID." }),
    },
    resolve: async (_, { instanceId, id }, { chats }) => (await chats.find(instanceId, id)) ?? null,
  }),
);
