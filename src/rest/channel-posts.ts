import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { channelOf } from "./channels.ts";
import {
  FollowChannelDocument,
  MuteChannelDocument,
  ReactToChannelMessageDocument,
  UnfollowChannelDocument,
  UnmuteChannelDocument,
} from "./generated/operations.ts";

/** What a reader of channels does: follow them, mute them, react to their posts. */
export const channelPostAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/channels/:channelId/follow",
    summary: "Follow a channel",
    document: FollowChannelDocument,
    variables: ({ params }) => ({ instanceId: params.id, channelId: params.channelId }),
    answer: ({ followChannel }) =>
      settled(followChannel, ({ __typename, ...channel }) => ({
        status: 200,
        body: channelOf(channel),
      })),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/channels/:channelId/follow",
    summary: "Follow a channel no more",
    statuses: [204],
    document: UnfollowChannelDocument,
    variables: ({ params }) => ({ instanceId: params.id, channelId: params.channelId }),
    answer: ({ unfollowChannel }) => settled(unfollowChannel, () => ({ status: 204 })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/channels/:channelId/mute",
    summary: "Have the account's phone keep silent about a channel",
    statuses: [204],
    document: MuteChannelDocument,
    variables: ({ params }) => ({ instanceId: params.id, channelId: params.channelId }),
    answer: ({ muteChannel }) => settled(muteChannel, () => ({ status: 204 })),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/channels/:channelId/mute",
    summary: "Have the account's phone tell of a channel again",
    statuses: [204],
    document: UnmuteChannelDocument,
    variables: ({ params }) => ({ instanceId: params.id, channelId: params.channelId }),
    answer: ({ unmuteChannel }) => settled(unmuteChannel, () => ({ status: 204 })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/channels/:channelId/messages/:serverId/reaction",
    summary: "React to a post of a channel; without an emoji, take the reaction back",
    statuses: [204],
    body: z.strictObject({ emoji: z.string().optional() }),
    document: ReactToChannelMessageDocument,
    variables: ({ params: { id, ...post }, body }) => ({
      input: { instanceId: id, channelId: post.channelId, serverId: post.serverId, ...body },
    }),
    answer: ({ reactToChannelMessage }) => settled(reactToChannelMessage, () => ({ status: 204 })),
  }),
];
