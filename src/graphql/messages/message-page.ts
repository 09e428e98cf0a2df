import type { MessageQuery } from "../../messages/messages.ts";
import type { ArgumentBuilder } from "../builder.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { MessageInterface, shown } from "./message.ts";
import { connection, pageOf } from "../page.ts";
import type { PageArguments } from "../page.ts";

export const MessageConnection = builder.connectionObject(
  { type: MessageInterface, name: "MessageConnection", description: "A page of messages." },
  { name: "MessageEdge", description: "A message on a page." },
);

export const pageArgs = (arg: ArgumentBuilder) => ({
  first: arg.int({ description: "How many of the newest: 50 if left out, 200 at most." }),
  after: arg.string({ description: "Only messages older than this cursor." }),
  last: arg.int({ description: "How many of the oldest: 200 at most." }),
  before: arg.string({ description: "Only messages newer than this cursor." }),
});

/** A page of messages, the newest first. @throws GatewayError BAD_INPUT, CURSOR_INVALID */
export async function messagePage(
  { messages }: Context,
  args: PageArguments,
  wanted: Omit<MessageQuery, "limit" | "olderThan" | "newerThan" | "from">,
) {
  const { size, backward } = pageOf(args);
  const page = await messages.list({
    ...wanted,
    limit: size,
    olderThan: args.after ?? null,
    newerThan: args.before ?? null,
    from: backward ? "OLDEST" : "NEWEST",
  });
  return connection(page.messages.map(shown), ({ uid }) => uid, {
    hasNextPage: backward ? Boolean(args.before) : page.more,
    hasPreviousPage: backward ? page.more : Boolean(args.after),
  });
}
