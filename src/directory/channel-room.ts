import { checkEmoji } from "../domain/emoji.ts";
import { GatewayError } from "../domain/errors.ts";
import { connected } from "../instances/connected.ts";
import type { Instances } from "../instances/instances.ts";
import type { Outbound } from "../outbound/outbound.ts";
import {
  changeIn,
  channelCodeIn,
  channelDescriptionIn,
  channelIdIn,
  nameIn,
  serverIdIn,
} from "./channel-input.ts";
import type { Channels } from "./channels.ts";
import { pageIn } from "./group-page.ts";
import { pictureOf } from "./group-picture.ts";

export interface ChannelNeeds {
  readonly instances: Pick<Instances, "get" | "connection">;
  readonly download: Outbound["download"];
}

/** What callers do with channels, each call judged here and then asked of the account's connection. */
export function createChannelRoom({ instances, download }: ChannelNeeds): Channels {
  const reach = async (instanceId: string) => (await connected(instances, instanceId)).channels;

  return {
    async list(instanceId, page) {
      const channels = await reach(instanceId);
      return pageIn(await channels.list(), ({ id }) => id, page);
    },
    async find(instanceId, channelId) {
      const channels = await reach(instanceId);
      try {
        return await channels.get(channelIdIn(channelId));
      } catch (error) {
        if (error instanceof GatewayError && error.code === "CHANNEL_NOT_FOUND") return undefined;
        throw error;
      }
    },
    async invitedTo(instanceId, invite) {
      return (await reach(instanceId)).invitedTo(channelCodeIn(invite));
    },
    async create(instanceId, draft) {
      const channels = await reach(instanceId);
      const name = nameIn(draft.name);
      const description = channelDescriptionIn(draft.description ?? "") || null;
      return channels.create({ name, description });
    },
    async update(instanceId, channelId, update) {
      const channels = await reach(instanceId);
      const id = channelIdIn(channelId);
      await channels.change(id, changeIn(update));
      return channels.get(id);
    },
    async setPicture(instanceId, channelId, source) {
      const channels = await reach(instanceId);
      const id = channelIdIn(channelId);
      await channels.change(id, { picture: source && (await pictureOf(source, download)) });
      return channels.get(id);
    },
    async follow(instanceId, channelId, isFollowed) {
      const channels = await reach(instanceId);
      const id = channelIdIn(channelId);
      await channels.follow(id, isFollowed);
      return channels.get(id);
    },
    async mute(instanceId, channelId, isMuted) {
      const channels = await reach(instanceId);
      const id = channelIdIn(channelId);
      await channels.mute(id, isMuted);
      return channels.get(id);
    },
    async delete(instanceId, channelId) {
      const channels = await reach(instanceId);
      const id = channelIdIn(channelId);
      await channels.delete(id);
      return { channelId: id };
    },
    async react(instanceId, channelId, serverId, emoji) {
      const channels = await reach(instanceId);
      const id = channelIdIn(channelId);
      const reaction = { channelId: id, serverId: serverIdIn(serverId), emoji: checkEmoji(emoji) };
      await channels.react(id, reaction.serverId, reaction.emoji);
      return reaction;
    },
  };
}
