import type { InputFieldBuilder } from "@pothos/core";
import type { SchemaTypes } from "../builder.ts";
import { builder } from "../builder.ts";
import { MediaInput } from "../messages/send-media-input.ts";

type Fields = InputFieldBuilder<SchemaTypes, "InputObject">;

const instanceField = (t: Fields) => ({
  instanceId: t.id({ required: true, description: "The account that does it." }),
});

const channelFields = (t: Fields) => ({
  ...instanceField(t),
  channelId: t.id({ required: true, description: "The JID of the channel." }),
});

export const CreateChannelInput = builder.inputType("CreateChannelInput", {
  description: "A new channel.",
  fields: (t) => ({
    ...instanceField(t),
    name: t.string({ required: true, description: "Its name: up to 100 characters." }),
    description: t.string({ description: "Up to 2,048 characters." }),
  }),
});

export const UpdateChannelInput = builder.inputType("UpdateChannelInput", {
  description: "What to change about a channel. What is left out, or null, stays as it is.",
  fields: (t) => ({
    ...channelFields(t),
    name: t.string({ description: "Its name: up to 100 characters." }),
    description: t.string({ description: "Up to 2,048 characters; empty to remove it." }),
  }),
});

export const SetChannelPictureInput = builder.inputType("SetChannelPictureInput", {
  description: "A picture for a channel.",
  fields: (t) => ({
    ...channelFields(t),
    media: t.field({
      type: MediaInput,
      required: true,
      description: "JPEG, PNG or WebP up to 16 MiB. Its middle is taken, as a square.",
    }),
  }),
});

export const ReactToChannelMessageInput = builder.inputType("ReactToChannelMessageInput", {
  description: "A reaction to a post of a channel.",
  fields: (t) => ({
    ...channelFields(t),
    serverId: t.id({ required: true, description: "The post, by its `serverId`." }),
    emoji: t.string({ description: "One emoji; empty or left out to take the reaction back." }),
  }),
});
