import type { Media, MediaForm } from "../../domain/content.ts";
import type { MediaCopy, MediaCopyState } from "../../domain/media-copy.ts";
import type { Message } from "../../domain/message.ts";
import { batched } from "../batch.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { described } from "../enum.ts";
import { ErrorCodeType } from "../error-code.ts";

/** An attachment with the message it belongs to, by which its bytes are found. */
export type ShownMedia = Media & { readonly message: Message };

const urlOf = batched<Context, Message, string>(({ mediaUrls }, messages) => mediaUrls(messages));

const copyOf = batched<Context, Message, MediaCopy>(({ mediaCopies }, messages) =>
  mediaCopies(messages),
);

const MediaCopyStateType = builder.enumType("MediaCopyState", {
  description: "How far the gateway's own copy of an attachment came.",
  values: described<MediaCopyState>({
    PENDING: "It is still to be made. `error` says what went wrong so far.",
    STORED: "It is there.",
    FAILED: "It could not be made, and is not tried any more; `error` says why.",
    REMOVED: "It was there, and had to go: it was too old, or newer ones needed the room.",
  }),
});

const MediaCopyType = builder.objectRef<MediaCopy>("MediaCopy").implement({
  description:
    "The gateway's own copy of an attachment. While there is none, or none any more, `Media.url` still leads to the file for as long as WhatsApp or the phone has it.",
  fields: (t) => ({
    state: t.expose("state", { type: MediaCopyStateType, description: "How far it came." }),
    storedAt: t.expose("storedAt", {
      type: "DateTime",
      nullable: true,
      description: "Since when it is there. Null unless it is STORED.",
    }),
    error: t.expose("error", {
      type: ErrorCodeType,
      nullable: true,
      description:
        "What went wrong last: MEDIA_TOO_LARGE, MEDIA_GONE, MEDIA_INVALID or MEDIA_UNREACHABLE. Null while all is well.",
    }),
  }),
});

const MediaFormType = builder.enumType("MediaForm", {
  description: "How phones show an attachment.",
  values: described<MediaForm>({
    VOICE_NOTE: "A recorded voice.",
    VIDEO_NOTE: "A round video.",
    GIF: "A video without sound that plays by itself, over and over.",
    ANIMATED: "A sticker that moves.",
  }),
});

export const MediaType = builder.objectRef<ShownMedia>("Media").implement({
  description: "What is known of an attachment, and where its bytes are.",
  fields: (t) => ({
    url: t.string({
      nullable: true,
      description:
        "The file itself, for everyone who has this link, for 24 hours; ask again for a fresh one. Null if the gateway does not have it.",
      resolve: async ({ message }, _, context) => (await urlOf(context, message)) ?? null,
    }),
    copy: t.field({
      type: MediaCopyType,
      nullable: true,
      description:
        "The gateway's own copy. Null where none is to be kept: MEDIA_STORE is off, the instance's settings say so, the message was sent through the gateway, is older than that or came with the phone's history.",
      resolve: async ({ message }, _, context) => (await copyOf(context, message)) ?? null,
    }),
    mimetype: t.exposeString("mimetype", { description: "As the sender states it." }),
    // Not an Int: a file may be larger than its 31 bits.
    size: t.exposeFloat("size", {
      nullable: true,
      description: "In bytes, a whole number, as the sender states it.",
    }),
    fileName: t.exposeString("fileName", { nullable: true, description: "Of documents." }),
    width: t.exposeInt("width", { nullable: true, description: "In pixels." }),
    height: t.exposeInt("height", { nullable: true, description: "In pixels." }),
    duration: t.exposeInt("duration", { nullable: true, description: "In seconds." }),
    form: t.expose("form", {
      type: MediaFormType,
      nullable: true,
      description: "How phones show it, where that is not as the kind usually is.",
    }),
    sha256: t.exposeString("sha256", {
      nullable: true,
      description: "SHA-256 of the plain bytes, base64.",
    }),
  }),
});
