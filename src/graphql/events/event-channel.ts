import { ChatType } from "../address.ts";
import { builder } from "../builder.ts";
import { ChannelChangeType } from "../channels/channel.ts";
import type { Logged } from "./event.ts";
import { EVENT_TYPE_NAMES, EventInterface } from "./event.ts";

builder.objectRef<Logged<"channel.update">>(EVENT_TYPE_NAMES["channel.update"]).implement({
  interfaces: [EventInterface],
  description:
    "Something about a channel has changed: its name, whether the account follows it, whether it is still there.",
  fields: (t) => ({
    channel: t.field({
      type: ChatType,
      description: "Which channel.",
      resolve: ({ event }) => event.channel,
    }),
    channelChange: t.field({
      type: ChannelChangeType,
      description: "What has changed.",
      resolve: ({ event }) => event.change,
    }),
  }),
});
