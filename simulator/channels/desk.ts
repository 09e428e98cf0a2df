import { makeMessageId } from "../accounts/account.ts";
import { SimulatorError } from "../errors.ts";
import type { MediaStore } from "../media/media-store.ts";
import { parsePhone } from "../protocol/jid.ts";
import type { Channel, ChannelChange } from "./channel.ts";
import type { ChannelDraft, Channels } from "./channels.ts";
import { composePost, type PostContent } from "./post-content.ts";
import type { Posts } from "./posts.ts";

/** The part of the simulator's API that is about channels. */
export function channelDesk(channels: Channels, posts: Posts, media: MediaStore, host: string) {
  return {
    async channel({ owner, admins = [], followers = [], ...said }: ChannelDraft) {
      return channels.create({
        ...said,
        ...(owner !== undefined && { owner: parsePhone(owner) }),
        admins: admins.map(parsePhone),
        followers: followers.map(parsePhone),
      });
    },
    async changeChannel(channel: Channel | string, change: ChannelChange) {
      return channels.change(jidOf(channel), change);
    },
    async channelNow(channel: Channel | string) {
      const jid = jidOf(channel);
      return { ...channels.get(jid), posts: posts.of(jid) };
    },
    async post(
      channel: Channel | string,
      content: PostContent,
      { id = makeMessageId() }: { readonly id?: string } = {},
    ) {
      const { jid, owner: by } = channels.get(jidOf(channel));
      const { serverId } = posts.add(jid, { id, by, ...composePost(content, media, host) });
      return { id, serverId };
    },
    async editPost(channel: Channel | string, id: string, text: string | null) {
      const { jid, owner: by } = channels.get(jidOf(channel));
      const { type, message } =
        text === null
          ? { type: "text", message: new Uint8Array() }
          : composePost({ text }, media, host);
      const post = posts.replace(jid, { id, by, type, message });
      if (post === undefined) throw new SimulatorError("BAD_REQUEST", `no post ${id} in ${jid}`);
    },
  };
}

function jidOf(channel: Channel | string): string {
  return typeof channel === "string" ? channel : channel.jid;
}
