import type { Channel, Post } from "../channels/channel.ts";
import { parsePhone } from "../protocol/jid.ts";
import type { Call } from "./call.ts";
import {
  defined,
  optionalBoolean,
  optionalString,
  optionalStrings,
  requiredString,
} from "./fields.ts";
import type { ControlledSimulator } from "./handlers.ts";

/** The routes about channels. */
export function channelHandlers(simulator: ControlledSimulator) {
  return {
    async createChannel({ body }: Call) {
      const owner = optionalString(body, "owner");
      const made = await simulator.channel({
        name: requiredString(body, "name"),
        ...defined({
          description: optionalString(body, "description"),
          owner: owner === undefined ? undefined : parsePhone(owner),
          admins: optionalStrings(body, "admins"),
          followers: optionalStrings(body, "followers"),
        }),
      });
      return shown(made);
    },

    async showChannel({ params }: Call) {
      const { posts, ...channel } = await simulator.channelNow(params["channel"] ?? "");
      return { ...shown(channel), posts: posts.map(shownPost) };
    },

    async changeChannel({ params, body }: Call) {
      const change = defined({
        name: optionalString(body, "name"),
        description: optionalString(body, "description"),
        isVerified: optionalBoolean(body, "isVerified"),
        isDeleted: optionalBoolean(body, "isDeleted"),
        follow: optionalStrings(body, "follow"),
        unfollow: optionalStrings(body, "unfollow"),
        mute: optionalStrings(body, "mute"),
        unmute: optionalStrings(body, "unmute"),
      });
      return shown(await simulator.changeChannel(params["channel"] ?? "", change));
    },

    async post({ params, body }: Call) {
      return simulator.post(params["channel"] ?? "", { text: requiredString(body, "text") });
    },

    async editPost({ params, body }: Call) {
      const { channel = "", message = "" } = params;
      await simulator.editPost(channel, message, requiredString(body, "text"));
    },

    async deletePost({ params: { channel = "", message = "" } }: Call) {
      await simulator.editPost(channel, message, null);
    },
  };
}

function shown({ jid: id, picture, ...channel }: Channel) {
  return { id, ...channel, hasPicture: picture !== undefined };
}

function shownPost({ id, serverId, message, isDeleted, isEdited, reactions }: Post) {
  const bytes = Buffer.from(message).toString("base64");
  const marks = { isDeleted, isEdited, reactions: Object.fromEntries(reactions) };
  return { id, serverId, message: bytes, ...marks };
}
