import type { StatusFont } from "../../domain/content.ts";
import type { StatusRequest } from "../../messages/messages.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";
import { sourceOf } from "./media-source.ts";
import { waitOptions } from "./send-input.ts";
import { MediaInput } from "./send-media-input.ts";

const StatusFontType = builder.enumType("StatusFont", {
  description: "The letters of a status of text, under WhatsApp's own names.",
  values: described<StatusFont>({
    SYSTEM: "The phone's own.",
    SYSTEM_TEXT: "The phone's own, for long texts.",
    FB_SCRIPT: "As if written by hand.",
    SYSTEM_BOLD: "The phone's own, bold.",
    MORNINGBREEZE_REGULAR: "Morning Breeze.",
    CALISTOGA_REGULAR: "Calistoga.",
    EXO2_EXTRABOLD: "Exo 2, bold.",
    COURIERPRIME_BOLD: "Courier Prime, bold.",
  }),
});

const StatusTextInput = builder.inputType("StatusTextInput", {
  description: "A status of text.",
  fields: (t) => ({
    text: t.string({ required: true, description: "What it says." }),
    backgroundColor: t.string({ description: "Such as `#128c7e`, which it is if left out." }),
    font: t.field({ type: StatusFontType, description: "SYSTEM if left out." }),
  }),
});

const StatusMediaInput = builder.inputType("StatusMediaInput", {
  description: "A picture or a video to show as a status.",
  fields: (t) => ({
    media: t.field({ type: MediaInput, required: true, description: "As of a message." }),
    caption: t.string({ description: "Shown under it." }),
  }),
});

const StatusContentInput = builder.inputType("StatusContentInput", {
  description: "What a status shows: one of these.",
  isOneOf: true,
  fields: (t) => ({
    text: t.field({ type: StatusTextInput, description: "A text." }),
    image: t.field({ type: StatusMediaInput, description: "A picture." }),
    video: t.field({ type: StatusMediaInput, description: "A video." }),
    voice: t.field({ type: MediaInput, description: "A recorded voice." }),
  }),
});

const StatusAudienceInput = builder.inputType("StatusAudienceInput", {
  description: "Who is shown a status: one of these.",
  isOneOf: true,
  fields: (t) => ({
    contacts: t.stringList({ description: "Numbers or JIDs, up to 1,024." }),
    everybody: t.boolean({
      description:
        "All whom the account knows, up to 1,024: who wrote to it, was written to by it, or is in a group with it. Phones show it only to who has saved the account's number.",
    }),
  }),
});

export const SendStatusInput = builder.inputType("SendStatusInput", {
  description: "A status to post.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "The account that posts it." }),
    content: t.field({ type: StatusContentInput, required: true, description: "What it shows." }),
    audience: t.field({
      type: StatusAudienceInput,
      required: true,
      description: "Who is shown it.",
    }),
    scheduledAt: t.field({ type: "DateTime", description: "As of a message." }),
    ...waitOptions(t),
  }),
});

type Content = typeof StatusContentInput.$inferInput;

export function statusContent({ text, image, video, voice }: Content): StatusRequest["content"] {
  if (text) {
    const { text: words, backgroundColor, font } = text;
    return { kind: "TEXT", text: words, style: { backgroundColor, font } };
  }
  if (image) {
    return { kind: "IMAGE", source: sourceOf(image.media), caption: image.caption ?? null };
  }
  if (video) {
    return { kind: "VIDEO", source: sourceOf(video.media), caption: video.caption ?? null };
  }
  return { kind: "AUDIO", source: sourceOf(voice), isVoiceNote: true };
}
