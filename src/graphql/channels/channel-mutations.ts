import type { ChannelReaction, DeletedChannel } from "../../directory/channels.ts";
import { builder } from "../builder.ts";
import type { ExpectedCode } from "../error.ts";
import { fileOf } from "../messages/media-source.ts";
import { resultType } from "../result.ts";
import { ChannelType } from "./channel.ts";
import {
  CreateChannelInput,
  ReactToChannelMessageInput,
  SetChannelPictureInput,
  UpdateChannelInput,
} from "./channel-input.ts";

/** Whatever is done to a channel can end like this. */
const CHANNEL_ERRORS: readonly ExpectedCode[] = [
  "BAD_INPUT",
  "INSTANCE_NOT_FOUND",
  "NOT_LINKED",
  "CHANNEL_NOT_FOUND",
  "NOT_ALLOWED",
];

const channelResult = (
  name: string,
  description: string,
  errors: readonly ExpectedCode[] = CHANNEL_ERRORS,
) => resultType(name, { description, success: [ChannelType], errors });

const CreateChannelResult = channelResult(
  "CreateChannelResult",
  "The new channel, or why there is none.",
  ["BAD_INPUT", "INSTANCE_NOT_FOUND", "NOT_LINKED", "NOT_ALLOWED"],
);
const UpdateChannelResult = channelResult(
  "UpdateChannelResult",
  "The channel as it is now, or why WhatsApp did not change it.",
);
const SetChannelPictureResult = channelResult(
  "SetChannelPictureResult",
  "The channel with its new picture, or why it has none.",
  [
    ...CHANNEL_ERRORS,
    "INVALID_ADDRESS",
    "MESSAGE_NOT_FOUND",
    "MEDIA_UNREACHABLE",
    "MEDIA_GONE",
    "MEDIA_TOO_LARGE",
    "MEDIA_INVALID",
  ],
);
const RemoveChannelPictureResult = channelResult(
  "RemoveChannelPictureResult",
  "The channel without a picture.",
);
const FollowChannelResult = channelResult("FollowChannelResult", "The channel, followed.");
const UnfollowChannelResult = channelResult(
  "UnfollowChannelResult",
  "The channel, not followed any more.",
);
const MuteChannelResult = channelResult("MuteChannelResult", "The channel, muted.");
const UnmuteChannelResult = channelResult("UnmuteChannelResult", "The channel, not muted.");

const DeletedChannelType = builder.objectRef<DeletedChannel>("DeletedChannel").implement({
  description: "A channel that is gone, for everybody.",
  fields: (t) => ({ channelId: t.exposeID("channelId", { description: "Which channel." }) }),
});

const DeleteChannelResult = resultType("DeleteChannelResult", {
  description: "The channel that was deleted, or why it was not.",
  success: [DeletedChannelType],
  errors: CHANNEL_ERRORS,
});

const ChannelReactionType = builder.objectRef<ChannelReaction>("ChannelReaction").implement({
  description: "What the account has reacted with to a post. WhatsApp shows how many did, not who.",
  fields: (t) => ({
    channelId: t.exposeID("channelId", { description: "The channel." }),
    serverId: t.exposeID("serverId", { description: "The post, by its number in the channel." }),
    emoji: t.exposeString("emoji", {
      nullable: true,
      description: "The reaction. Null when it was taken back.",
    }),
  }),
});

const ReactToChannelMessageResult = resultType("ReactToChannelMessageResult", {
  description: "The reaction, or why WhatsApp did not take it.",
  success: [ChannelReactionType],
  errors: [...CHANNEL_ERRORS, "MESSAGE_NOT_FOUND", "SEND_REJECTED"],
});

builder.mutationFields((t) => {
  const args = {
    instanceId: t.arg.id({ required: true }),
    channelId: t.arg.id({ required: true }),
  };
  return {
    createChannel: t.field({
      authScopes: { may: "groups" },
      type: CreateChannelResult.type,
      description:
        "Makes a channel that the account owns. Its owner has to have accepted WhatsApp's terms for channels on a phone.",
      args: { input: t.arg({ type: CreateChannelInput, required: true }) },
      resolve: (_, { input: { instanceId, ...draft } }, { channels }) =>
        CreateChannelResult.settle(() => channels.create(instanceId, draft)),
    }),
    updateChannel: t.field({
      authScopes: { may: "groups" },
      type: UpdateChannelResult.type,
      description: "Changes name and description of a channel of the account.",
      args: { input: t.arg({ type: UpdateChannelInput, required: true }) },
      resolve: (_, { input: { instanceId, channelId, ...change } }, { channels }) =>
        UpdateChannelResult.settle(() => channels.update(instanceId, channelId, change)),
    }),
    setChannelPicture: t.field({
      authScopes: { may: "groups" },
      type: SetChannelPictureResult.type,
      description: "Gives a channel of the account a picture.",
      args: { input: t.arg({ type: SetChannelPictureInput, required: true }) },
      resolve: (_, { input: { instanceId, channelId, media } }, context) =>
        SetChannelPictureResult.settle(async () =>
          context.channels.setPicture(instanceId, channelId, await fileOf(media, context)),
        ),
    }),
    removeChannelPicture: t.field({
      authScopes: { may: "groups" },
      type: RemoveChannelPictureResult.type,
      description: "Takes the picture of a channel of the account away.",
      args,
      resolve: (_, { instanceId, channelId }, { channels }) =>
        RemoveChannelPictureResult.settle(() => channels.setPicture(instanceId, channelId, null)),
    }),
    followChannel: t.field({
      authScopes: { may: "groups" },
      type: FollowChannelResult.type,
      description: "Follows a channel: its posts are received from then on.",
      args,
      resolve: (_, { instanceId, channelId }, { channels }) =>
        FollowChannelResult.settle(() => channels.follow(instanceId, channelId, true)),
    }),
    unfollowChannel: t.field({
      authScopes: { may: "groups" },
      type: UnfollowChannelResult.type,
      description: "Follows a channel no more. Its owner cannot: they delete it.",
      args,
      resolve: (_, { instanceId, channelId }, { channels }) =>
        UnfollowChannelResult.settle(() => channels.follow(instanceId, channelId, false)),
    }),
    muteChannel: t.field({
      authScopes: { may: "groups" },
      type: MuteChannelResult.type,
      description: "Has the account's phone keep silent about a channel. Its posts still come.",
      args,
      resolve: (_, { instanceId, channelId }, { channels }) =>
        MuteChannelResult.settle(() => channels.mute(instanceId, channelId, true)),
    }),
    unmuteChannel: t.field({
      authScopes: { may: "groups" },
      type: UnmuteChannelResult.type,
      description: "Has the account's phone tell of a channel again.",
      args,
      resolve: (_, { instanceId, channelId }, { channels }) =>
        UnmuteChannelResult.settle(() => channels.mute(instanceId, channelId, false)),
    }),
    deleteChannel: t.field({
      authScopes: { may: "groups" },
      type: DeleteChannelResult.type,
      description: "Deletes a channel of the account, for everybody and for ever.",
      args,
      resolve: (_, { instanceId, channelId }, { channels }) =>
        DeleteChannelResult.settle(() => channels.delete(instanceId, channelId)),
    }),
    reactToChannelMessage: t.field({
      authScopes: { may: "groups" },
      type: ReactToChannelMessageResult.type,
      description:
        "Reacts to a post of a channel, or takes the reaction back. One that the account has made before is replaced.",
      args: { input: t.arg({ type: ReactToChannelMessageInput, required: true }) },
      resolve: (_, { input: { instanceId, channelId, serverId, emoji } }, { channels }) =>
        ReactToChannelMessageResult.settle(() =>
          channels.react(instanceId, channelId, serverId, emoji ?? null),
        ),
    }),
  };
});
