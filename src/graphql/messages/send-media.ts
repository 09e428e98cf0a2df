import { builder } from "../builder.ts";
import { sourceOf } from "./media-source.ts";
import type { ShownMessage } from "./message.ts";
import { messageTypeName } from "./message.ts";
import {
  AudioMessage,
  DocumentMessage,
  ImageMessage,
  StickerMessage,
  VideoMessage,
} from "./message-kinds.ts";
import { resultType } from "../result.ts";
import { send, SEND_ERRORS } from "./send.ts";
import {
  SendAudioInput,
  SendFileInput,
  SendImageInput,
  SendStickerInput,
  SendVideoInput,
} from "./send-media-input.ts";

const SendMediaResult = resultType<ShownMessage>("SendMediaResult", {
  description: "The message as it was when the wait was over, or why it was not sent.",
  success: [ImageMessage, VideoMessage, AudioMessage, StickerMessage, DocumentMessage],
  successName: messageTypeName,
  errors: [
    ...SEND_ERRORS,
    "INVALID_ADDRESS",
    "MEDIA_UNREACHABLE",
    "MEDIA_GONE",
    "MEDIA_TOO_LARGE",
    "MEDIA_INVALID",
  ],
});

builder.mutationFields((t) => ({
  sendImage: t.field({
    authScopes: { may: "messages:send" },
    type: SendMediaResult.type,
    description: "Sends a picture that the receiver sees in the chat.",
    args: { input: t.arg({ type: SendImageInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendMediaResult.settle(() => {
        const { media, caption = null, viewOnce: isViewOnce = null } = input;
        const source = sourceOf(media);
        return send(context, { kind: "IMAGE", source, caption, isViewOnce }, input);
      }),
  }),
  sendVideo: t.field({
    authScopes: { may: "messages:send" },
    type: SendMediaResult.type,
    description: "Sends a video, a GIF or a round video note.",
    args: { input: t.arg({ type: SendVideoInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendMediaResult.settle(() => {
        const { media, caption = null, form = null, viewOnce: isViewOnce = null } = input;
        const source = sourceOf(media);
        return send(context, { kind: "VIDEO", source, caption, form, isViewOnce }, input);
      }),
  }),
  sendAudio: t.field({
    authScopes: { may: "messages:send" },
    type: SendMediaResult.type,
    description: "Sends a sound file, or a voice note.",
    args: { input: t.arg({ type: SendAudioInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendMediaResult.settle(() => {
        const { media, voiceNote: isVoiceNote = null, viewOnce: isViewOnce = null } = input;
        const source = sourceOf(media);
        return send(context, { kind: "AUDIO", source, isVoiceNote, isViewOnce }, input);
      }),
  }),
  sendSticker: t.field({
    authScopes: { may: "messages:send" },
    type: SendMediaResult.type,
    description:
      "Makes a sticker of an image and sends it; of a GIF or animated WebP, one that moves.",
    args: { input: t.arg({ type: SendStickerInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendMediaResult.settle(() =>
        send(context, { kind: "STICKER", source: sourceOf(input.media) }, input),
      ),
  }),
  sendFile: t.field({
    authScopes: { may: "messages:send" },
    type: SendMediaResult.type,
    description: "Sends a file of any type as a document.",
    args: { input: t.arg({ type: SendFileInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendMediaResult.settle(() => {
        const { media, caption = null, fileName = null, mimetype = null } = input;
        const source = sourceOf(media);
        return send(context, { kind: "DOCUMENT", source, caption, fileName, mimetype }, input);
      }),
  }),
}));
