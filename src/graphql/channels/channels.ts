import { builder } from "../builder.ts";
import { idOf, pageArgs, pageRequest, shownPage } from "../groups/group-page.ts";
import { ChannelType } from "./channel.ts";

const INSTANCE = "The account that asks.";

const ChannelConnection = builder.connectionObject(
  { type: ChannelType, name: "ChannelConnection", description: "A page of channels." },
  { name: "ChannelEdge", description: "A channel on a page." },
);

builder.queryFields((t) => ({
  channel: t.field({
    authScopes: { may: "groups" },
    type: ChannelType,
    nullable: true,
    description:
      "One channel, followed or not, or null if there is none with this id. What WhatsApp says of it is kept for up to five minutes.",
    args: {
      instanceId: t.arg.id({ required: true, description: INSTANCE }),
      channelId: t.arg.id({ required: true, description: "Its JID." }),
    },
    resolve: async (_, { instanceId, channelId }, { channels }) =>
      (await channels.find(instanceId, channelId)) ?? null,
  }),
  channels: t.field({
    authScopes: { may: "groups" },
    type: ChannelConnection,
    description:
      "The channels that an account follows, its own included, in the order of their ids.",
    args: {
      instanceId: t.arg.id({ required: true, description: INSTANCE }),
      ...pageArgs(t.arg),
    },
    resolve: async (_, { instanceId, ...page }, { channels }) =>
      shownPage(await channels.list(instanceId, pageRequest(page)), idOf),
  }),
  channelByInvite: t.field({
    authScopes: { may: "groups" },
    type: ChannelType,
    description:
      "The channel that a link leads to, which is not followed by that. Fails with INVITE_INVALID where it leads to none.",
    args: {
      instanceId: t.arg.id({ required: true, description: INSTANCE }),
      invite: t.arg.string({ required: true, description: "A link, or the code at its end." }),
    },
    resolve: (_, { instanceId, invite }, { channels }) => channels.invitedTo(instanceId, invite),
  }),
}));
