import type { Reaction } from "../../messages/messages.ts";
import { SenderType } from "../address.ts";
import { batched } from "../batch.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { MessageInterface } from "./message.ts";

const ReactionType = builder.objectRef<Reaction>("Reaction").implement({
  description: "What somebody has put on a message.",
  fields: (t) => ({
    emoji: t.exposeString("emoji", { description: "The emoji." }),
    sender: t.expose("sender", { type: SenderType, description: "Whose it is." }),
    fromMe: t.exposeBoolean("fromMe", { description: "Whether it is the account's own." }),
    at: t.expose("at", { type: "DateTime", description: "When it was put there." }),
  }),
});

const reactionsOf = batched<Context, string, readonly Reaction[]>(({ messages }, uids) =>
  messages.reactions(uids),
);

builder.interfaceField(MessageInterface, "reactions", (t) =>
  t.field({
    type: [ReactionType],
    description: "What people have put on it, one each. Empty inside events.",
    resolve: async ({ uid }, _, context) => (uid && (await reactionsOf(context, uid))) || [],
  }),
);
