import type { Channel } from "../domain/channel.ts";
import type { Jid } from "../domain/ids.ts";
import type { FileSource } from "../domain/media-source.ts";
import type { Page, PageRequest } from "./groups.ts";

/**
 * The channels of WhatsApp as it describes them to an account: nothing of them is stored. A channel is named by its JID,
 * with or without `@newsletter`.
 * @throws GatewayError, every one of them: INSTANCE_NOT_FOUND, NOT_LINKED, UNAVAILABLE while the account is not
 *   connected or when WhatsApp did not answer, RATE_LIMITED when it was asked too often, BAD_INPUT, and where a channel
 *   is named CHANNEL_NOT_FOUND and NOT_ALLOWED
 */
export interface Channels {
  /** Those that the account follows, its own included, in the order of their ids. */
  list(instanceId: string, page: PageRequest): Promise<Page<Channel>>;
  /** Nothing when there is none, or it was deleted. */
  find(instanceId: string, channelId: string): Promise<Channel | undefined>;
  /** @param invite a link or its code. @throws GatewayError INVITE_INVALID */
  invitedTo(instanceId: string, invite: string): Promise<Channel>;
  create(instanceId: string, draft: NewChannel): Promise<Channel>;
  update(instanceId: string, channelId: string, change: ChannelUpdate): Promise<Channel>;
  /**
   * @param source null to remove the picture
   * @throws GatewayError MEDIA_UNREACHABLE, MEDIA_TOO_LARGE, MEDIA_INVALID, INVALID_ADDRESS
   */
  setPicture(instanceId: string, channelId: string, source: FileSource | null): Promise<Channel>;
  follow(instanceId: string, channelId: string, isFollowed: boolean): Promise<Channel>;
  mute(instanceId: string, channelId: string, isMuted: boolean): Promise<Channel>;
  delete(instanceId: string, channelId: string): Promise<DeletedChannel>;
  /**
   * @param emoji null or empty to take the reaction back
   * @throws GatewayError MESSAGE_NOT_FOUND, SEND_REJECTED
   */
  react(
    instanceId: string,
    channelId: string,
    serverId: string,
    emoji: string | null,
  ): Promise<ChannelReaction>;
}

export interface NewChannel {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** What is null or left out stays as it is. */
export interface ChannelUpdate {
  readonly name?: string | null | undefined;
  /** Empty to remove it. */
  readonly description?: string | null | undefined;
}

export interface DeletedChannel {
  readonly channelId: Jid;
}

/** What the account has reacted with to a post. */
export interface ChannelReaction {
  readonly channelId: Jid;
  readonly serverId: string;
  /** Null when it was taken back. */
  readonly emoji: string | null;
}
