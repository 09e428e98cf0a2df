import type { Media, MediaForm } from "../../domain/content.ts";
import type { Message } from "../../domain/message.ts";
import { batched } from "../batch.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { described } from "../enum.ts";

/** An attachment with the message it belongs to, by which its bytes are found. */
export type ShownMedia = Media & { readonly message: Message };

const urlOf = batched<Context, Message, string>(({ mediaUrls }, messages) => mediaUrls(messages));

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
