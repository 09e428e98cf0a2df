import { z } from "zod";
import { alias } from "./alias.ts";
import { type Answer, errorBody, present, settled } from "./answer.ts";
import {
  type ChannelStateFragment,
  CreateChannelDocument,
  DeleteChannelDocument,
  GetChannelByInviteDocument,
  GetChannelDocument,
  ListChannelsDocument,
  RemoveChannelPictureDocument,
  SetChannelPictureDocument,
  UpdateChannelDocument,
} from "./generated/operations.ts";
import { nextPage, pageQuery } from "./group-shapes.ts";
import { mediaFields, withMedia } from "./media-field.ts";

/** What WhatsApp does not say is left out. */
export function channelOf({ id, ...state }: ChannelStateFragment) {
  return { channelId: id, ...present(state) };
}

function noChannel(channelId: string): Answer {
  const message = `There is no channel "${channelId}".`;
  return { status: 404, body: errorBody("CHANNEL_NOT_FOUND", message, { channelId }) };
}

export const channelAliases = [
  alias({
    method: "GET",
    path: "/instances/:id/channels",
    summary: "List the channels that an account follows",
    query: pageQuery,
    document: ListChannelsDocument,
    variables: ({ params, query }) => ({
      instanceId: params.id,
      first: query.limit,
      after: query.after,
    }),
    answer: ({ channels: { edges, pageInfo } }, { params, query }) => ({
      status: 200,
      ...nextPage(`/instances/${params.id}/channels`, query.limit, pageInfo),
      body: edges.map(({ node }) => channelOf(node)),
    }),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/channels",
    summary: "Make a channel",
    statuses: [201],
    body: z.strictObject({ name: z.string(), description: z.string().optional() }),
    document: CreateChannelDocument,
    variables: ({ params, body }) => ({ input: { instanceId: params.id, ...body } }),
    answer: ({ createChannel }, { params }) =>
      settled(createChannel, ({ __typename, ...channel }) => ({
        status: 201,
        headers: { location: `/instances/${params.id}/channels/${channel.id}` },
        body: channelOf(channel),
      })),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/channels/:channelId",
    summary: "One channel, followed or not",
    document: GetChannelDocument,
    variables: ({ params }) => ({ instanceId: params.id, channelId: params.channelId }),
    answer: ({ channel }, { params }) =>
      channel ? { status: 200, body: channelOf(channel) } : noChannel(params.channelId),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/channelInvites/:code",
    summary: "The channel that the link with this code leads to",
    document: GetChannelByInviteDocument,
    variables: ({ params }) => ({ instanceId: params.id, invite: params.code }),
    answer: ({ channelByInvite }) => ({ status: 200, body: channelOf(channelByInvite) }),
  }),
  alias({
    method: "PATCH",
    path: "/instances/:id/channels/:channelId",
    summary: "Change what is named of a channel",
    body: z.strictObject({ name: z.string().optional(), description: z.string().optional() }),
    document: UpdateChannelDocument,
    variables: ({ params, body }) => ({
      input: { instanceId: params.id, channelId: params.channelId, ...body },
    }),
    answer: ({ updateChannel }) =>
      settled(updateChannel, ({ __typename, ...channel }) => ({
        status: 200,
        body: channelOf(channel),
      })),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/channels/:channelId",
    summary: "Delete a channel, for everybody",
    statuses: [204],
    document: DeleteChannelDocument,
    variables: ({ params }) => ({ instanceId: params.id, channelId: params.channelId }),
    answer: ({ deleteChannel }) => settled(deleteChannel, () => ({ status: 204 })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/channels/:channelId/picture",
    summary: "Give a channel a picture",
    statuses: [204],
    multipart: true,
    body: z.strictObject(mediaFields).transform(withMedia),
    document: SetChannelPictureDocument,
    variables: ({ params, body: { media } }) => ({
      input: { instanceId: params.id, channelId: params.channelId, media },
    }),
    answer: ({ setChannelPicture }) => settled(setChannelPicture, () => ({ status: 204 })),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/channels/:channelId/picture",
    summary: "Take the picture of a channel away",
    statuses: [204],
    document: RemoveChannelPictureDocument,
    variables: ({ params }) => ({ instanceId: params.id, channelId: params.channelId }),
    answer: ({ removeChannelPicture }) => settled(removeChannelPicture, () => ({ status: 204 })),
  }),
];
