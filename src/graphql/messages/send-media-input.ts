import type { InputFieldBuilder } from "@pothos/core";
import type { SchemaTypes } from "../builder.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";
import { mentionOptions, sendOptions } from "./send-input.ts";

export const MediaInput = builder.inputType("MediaInput", {
  description: "A file to send: exactly one of these.",
  isOneOf: true,
  fields: (t) => ({
    url: t.string({ description: "Fetched by the gateway, over http or https." }),
    base64: t.string({ description: "The bytes, in base64." }),
    messageUid: t.id({
      description:
        "The attachment of a message that was received or sent before, by its `uid`. It is shown as it was there unless the input says otherwise, and is not uploaded again where WhatsApp allows that.",
    }),
    upload: t.field({ type: "File", description: "A part of a multipart request." }),
  }),
});

const VideoFormType = builder.enumType("VideoForm", {
  description: "How phones show a video, where that is not as usual.",
  values: described<"GIF" | "VIDEO_NOTE">({
    GIF: "Without sound, by itself, over and over.",
    VIDEO_NOTE: "Round.",
  }),
});

const ONCE = "Phones show it once only, and cannot keep it.";

export const imageFields = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  media: t.field({
    type: MediaInput,
    required: true,
    description: "JPEG, PNG or WebP, up to 16 MiB.",
  }),
  caption: t.string({ description: "Shown under the picture." }),
  viewOnce: t.boolean({ description: ONCE }),
});

export const SendImageInput = builder.inputType("SendImageInput", {
  description: "A picture to send.",
  fields: (t) => ({ ...sendOptions(t), ...imageFields(t), ...mentionOptions(t) }),
});

export const videoFields = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  media: t.field({
    type: MediaInput,
    required: true,
    description:
      "MP4, up to 64 MiB. Where the gateway's machine has ffmpeg, other formats (GIF images too) are converted.",
  }),
  caption: t.string({ description: "Shown under the video." }),
  form: t.field({ type: VideoFormType, description: "An ordinary video if left out." }),
  viewOnce: t.boolean({ description: ONCE }),
});

export const SendVideoInput = builder.inputType("SendVideoInput", {
  description: "A video to send.",
  fields: (t) => ({ ...sendOptions(t), ...videoFields(t), ...mentionOptions(t) }),
});

export const audioFields = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  media: t.field({
    type: MediaInput,
    required: true,
    description:
      "MP3, AAC, M4A or Ogg Opus, up to 16 MiB; a voice note is Ogg Opus. Where the gateway's machine has ffmpeg, other formats are converted.",
  }),
  voiceNote: t.boolean({ description: "Phones show it as a recorded voice." }),
  viewOnce: t.boolean({ description: ONCE }),
});

export const SendAudioInput = builder.inputType("SendAudioInput", {
  description: "A sound to send.",
  fields: (t) => ({ ...sendOptions(t), ...audioFields(t) }),
});

export const stickerFields = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  media: t.field({
    type: MediaInput,
    required: true,
    description: "WebP, PNG, JPEG or GIF. What is no sticker yet is made 512 by 512 pixels.",
  }),
});

export const SendStickerInput = builder.inputType("SendStickerInput", {
  description: "A sticker to send.",
  fields: (t) => ({ ...sendOptions(t), ...stickerFields(t) }),
});

export const fileFields = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  media: t.field({ type: MediaInput, required: true, description: "A file of any type." }),
  caption: t.string({ description: "Shown under the file." }),
  fileName: t.string({ description: "What the receiver sees. Found out if left out." }),
  mimetype: t.string({ description: "Such as `application/pdf`. Found out if left out." }),
});

export const SendFileInput = builder.inputType("SendFileInput", {
  description: "A file to send as a document.",
  fields: (t) => ({ ...sendOptions(t), ...fileFields(t), ...mentionOptions(t) }),
});
