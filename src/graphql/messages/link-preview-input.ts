import type { PreviewWish } from "../../messages/messages.ts";
import { builder } from "../builder.ts";

const CustomPreviewInput = builder.inputType("CustomPreviewInput", {
  description: "A preview in your own words. Nothing is fetched for it.",
  fields: (t) => ({
    url: t.string({ required: true, description: "The link, as it stands in the text." }),
    title: t.string({ required: true, description: "Up to 1,000 characters." }),
    description: t.string({ description: "Up to 1,000 characters." }),
    thumbnail: t.string({
      description: "A JPEG, PNG, WebP or GIF image in base64, up to 1 MiB. It is made small.",
    }),
  }),
});

export const LinkPreviewInput = builder.inputType("LinkPreviewInput", {
  description: "What is shown of a link in a text: one of these.",
  isOneOf: true,
  fields: (t) => ({
    auto: t.boolean({
      description:
        "The gateway fetches the page behind the first link, and its picture, in up to 5 seconds together; when that fails the text goes without a preview.",
    }),
    custom: t.field({ type: CustomPreviewInput, description: "A preview of your own." }),
  }),
});

export function previewWish(
  input: typeof LinkPreviewInput.$inferInput | null | undefined,
): PreviewWish | null {
  if (input?.custom) return { kind: "CUSTOM", ...input.custom };
  return input?.auto ? { kind: "AUTO" } : null;
}
