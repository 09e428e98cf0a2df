import type { SentAlbum } from "../../messages/messages.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";
import { resultType } from "../result.ts";
import { sourceOf } from "./media-source.ts";
import { MessageInterface, shown } from "./message.ts";
import { SEND_ERRORS } from "./send.ts";
import { sendOptions } from "./send-input.ts";
import { MediaInput } from "./send-media-input.ts";

const AlbumItemKindType = builder.enumType("AlbumItemKind", {
  description: "What an album consists of.",
  values: described<"IMAGE" | "VIDEO">({ IMAGE: "A picture.", VIDEO: "A video." }),
});

const AlbumItemInput = builder.inputType("AlbumItemInput", {
  description: "A picture or a video of an album.",
  fields: (t) => ({
    kind: t.field({ type: AlbumItemKindType, required: true, description: "Which of them." }),
    media: t.field({ type: MediaInput, required: true, description: "As of a message." }),
    caption: t.string({ description: "Shown under it." }),
  }),
});

const SendAlbumInput = builder.inputType("SendAlbumInput", {
  description: "An album to send.",
  fields: (t) => ({
    ...sendOptions(t),
    items: t.field({
      type: [AlbumItemInput],
      required: true,
      description: "From 2 to 30, in the order in which phones show them.",
    }),
  }),
});

const SentAlbumType = builder.objectRef<SentAlbum>("SentAlbum").implement({
  description: "An album on its way: the message that begins it, and each of its items.",
  fields: (t) => ({
    id: t.id({
      description: "WhatsApp's id of the message that begins it: the `albumId` of its items.",
      resolve: ({ message }) => message.id,
    }),
    album: t.field({
      type: MessageInterface,
      description: "The message that begins it.",
      resolve: (album) => shown(album),
    }),
    items: t.field({
      type: [MessageInterface],
      description: "Its pictures and videos: each has a status, and an error, of its own.",
      resolve: ({ items }) => items.map(shown),
    }),
  }),
});

const SendAlbumResult = resultType<SentAlbum>("SendAlbumResult", {
  description: "The album as it was when the wait was over, or why it was not sent.",
  success: [SentAlbumType],
  errors: [
    ...SEND_ERRORS,
    "INVALID_ADDRESS",
    "MEDIA_UNREACHABLE",
    "MEDIA_TOO_LARGE",
    "MEDIA_INVALID",
  ],
});

builder.mutationField("sendAlbum", (t) =>
  t.field({
    authScopes: { may: "messages:send" },
    type: SendAlbumResult.type,
    description:
      "Sends pictures and videos that phones show together. All of it is stored at once or nothing is; then each item goes its own way.",
    args: { input: t.arg({ type: SendAlbumInput, required: true }) },
    resolve: (_, { input }, { messages }) =>
      SendAlbumResult.settle(() => {
        const items = input.items.map(({ kind, media, caption = null }) => ({
          kind,
          source: sourceOf(media),
          caption,
        }));
        return messages.sendAlbum({ ...input, items });
      }),
  }),
);
