import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import {
  SendAudioDocument,
  SendFileDocument,
  SendImageDocument,
  SendStickerDocument,
  SendVideoDocument,
} from "./generated/operations.ts";
import { flag } from "./fields.ts";
import { mediaFields, withMedia } from "./media-field.ts";
import { mentionFields, sendFields, sendInput } from "./send-input.ts";
import { sent } from "./sent.ts";

const fields = { ...sendFields, ...mediaFields };

export const mediaSendAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/sendImage",
    summary: "Send a picture by URL, base64 or upload",
    statuses: [200, 202],
    multipart: true,
    body: z
      .strictObject({
        ...fields,
        caption: z.string().optional(),
        ...mentionFields,
        viewOnce: flag.optional(),
      })
      .transform(withMedia),
    document: SendImageDocument,
    variables: ({ params, body, headers }) => ({ input: sendInput(params.id, body, headers) }),
    answer: ({ sendImage }) => settled(sendImage, sent),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/sendVideo",
    summary: "Send a video, a GIF or a video note",
    statuses: [200, 202],
    multipart: true,
    body: z
      .strictObject({
        ...fields,
        caption: z.string().optional(),
        ...mentionFields,
        form: z.enum(["GIF", "VIDEO_NOTE"]).optional(),
        viewOnce: flag.optional(),
      })
      .transform(withMedia),
    document: SendVideoDocument,
    variables: ({ params, body, headers }) => ({ input: sendInput(params.id, body, headers) }),
    answer: ({ sendVideo }) => settled(sendVideo, sent),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/sendAudio",
    summary: "Send a sound file or a voice note",
    statuses: [200, 202],
    multipart: true,
    body: z
      .strictObject({ ...fields, voiceNote: flag.optional(), viewOnce: flag.optional() })
      .transform(withMedia),
    document: SendAudioDocument,
    variables: ({ params, body, headers }) => ({ input: sendInput(params.id, body, headers) }),
    answer: ({ sendAudio }) => settled(sendAudio, sent),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/sendSticker",
    summary: "Send a sticker made of an image",
    statuses: [200, 202],
    multipart: true,
    body: z.strictObject({ ...fields }).transform(withMedia),
    document: SendStickerDocument,
    variables: ({ params, body, headers }) => ({ input: sendInput(params.id, body, headers) }),
    answer: ({ sendSticker }) => settled(sendSticker, sent),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/sendFile",
    summary: "Send a file by URL, base64 or upload",
    statuses: [200, 202],
    multipart: true,
    body: z
      .strictObject({
        ...fields,
        caption: z.string().optional(),
        ...mentionFields,
        fileName: z.string().optional(),
        mimetype: z.string().optional(),
      })
      .transform(withMedia),
    document: SendFileDocument,
    variables: ({ params, body, headers }) => ({ input: sendInput(params.id, body, headers) }),
    answer: ({ sendFile }) => settled(sendFile, sent),
  }),
];
