import type { Channel, ChannelFacts, ChannelRole, ChannelState } from "../../domain/channel.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";

const ChannelRoleType = builder.enumType("ChannelRole", {
  description: "What an account may do in a channel.",
  values: described<ChannelRole>({
    OWNER: "Everything, as it made the channel or was given it.",
    ADMIN: "Post.",
    SUBSCRIBER: "Read and react: it follows the channel.",
    GUEST: "Read: it does not follow the channel.",
  }),
});

const ChannelStateType = builder.enumType("ChannelState", {
  description: "Whether WhatsApp shows a channel.",
  values: described<ChannelState>({
    ACTIVE: "It does.",
    SUSPENDED: "It does not, to anybody.",
    GEO_SUSPENDED: "It does not in some countries.",
    DELETED: "It was deleted.",
  }),
});

export const ChannelType = builder.objectRef<Channel>("Channel").implement({
  description: "A channel as WhatsApp describes it to an account, which need not follow it.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Its JID: `120363000000000001@newsletter`." }),
    name: t.exposeString("name", { description: "Its name." }),
    description: t.exposeString("description", {
      nullable: true,
      description: "Its description. Null for none.",
    }),
    inviteCode: t.exposeString("inviteCode", {
      nullable: true,
      description: "The end of its link, where WhatsApp says so.",
    }),
    inviteUrl: t.string({
      nullable: true,
      description: "Its link, by which anybody can follow it.",
      resolve: ({ inviteCode }) => inviteCode && `https://whatsapp.com/channel/${inviteCode}`,
    }),
    pictureUrl: t.exposeString("pictureUrl", {
      nullable: true,
      description: "Where WhatsApp shows its picture, for some days. Null for none.",
    }),
    subscribersCount: t.exposeInt("subscribersCount", {
      nullable: true,
      description: "How many follow it, where WhatsApp says so. Up to some minutes old.",
    }),
    isVerified: t.exposeBoolean("isVerified", {
      description: "Whether WhatsApp has made sure whose it is.",
    }),
    role: t.expose("role", {
      type: ChannelRoleType,
      nullable: true,
      description: "What the account may do in it, where WhatsApp says so.",
    }),
    isMuted: t.exposeBoolean("isMuted", {
      nullable: true,
      description: "Whether the account's phone keeps silent about its posts. Null for a guest.",
    }),
    createdAt: t.expose("createdAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was made, where WhatsApp says so.",
    }),
    state: t.expose("state", {
      type: ChannelStateType,
      nullable: true,
      description: "Whether WhatsApp shows it. Null for a state that is not known here.",
    }),
  }),
});

export const ChannelChangeType = builder.objectRef<ChannelFacts>("ChannelChange").implement({
  description: "What WhatsApp tells of a channel; null for what it does not.",
  fields: (t) => ({
    isFollowed: t.exposeBoolean("isFollowed", {
      nullable: true,
      description: "Whether the account follows it from now on.",
    }),
    name: t.exposeString("name", { nullable: true, description: "What it is called now." }),
    description: t.exposeString("description", {
      nullable: true,
      description: "Its description now; empty for none.",
    }),
    isMuted: t.exposeBoolean("isMuted", {
      nullable: true,
      description: "Whether the account's phone keeps silent about it from now on.",
    }),
    state: t.expose("state", {
      type: ChannelStateType,
      nullable: true,
      description: "Whether WhatsApp shows it from now on.",
    }),
  }),
});
