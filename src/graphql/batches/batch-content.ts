import { GatewayError } from "../../domain/errors.ts";
import type { SendContent } from "../../messages/messages.ts";
import { builder } from "../builder.ts";
import { sourceOf } from "../messages/media-source.ts";
import {
  audioFields,
  fileFields,
  imageFields,
  stickerFields,
  videoFields,
} from "../messages/send-media-input.ts";
import { contactsFields, eventFields, placeOptions, pollFields } from "../messages/send-input.ts";

const ImageContentInput = builder.inputType("ImageContentInput", {
  description: "A picture.",
  fields: imageFields,
});

const VideoContentInput = builder.inputType("VideoContentInput", {
  description: "A video, a GIF or a round video note.",
  fields: videoFields,
});

const AudioContentInput = builder.inputType("AudioContentInput", {
  description: "A sound file, or a voice note.",
  fields: audioFields,
});

const StickerContentInput = builder.inputType("StickerContentInput", {
  description: "A sticker.",
  fields: stickerFields,
});

const FileContentInput = builder.inputType("FileContentInput", {
  description: "A file as a document.",
  fields: fileFields,
});

const LocationContentInput = builder.inputType("LocationContentInput", {
  description: "A place on the map.",
  fields: placeOptions,
});

const ContactsContentInput = builder.inputType("ContactsContentInput", {
  description: "Contact cards.",
  fields: contactsFields,
});

const PollContentInput = builder.inputType("PollContentInput", {
  description: "A poll.",
  fields: pollFields,
});

const EventContentInput = builder.inputType("EventContentInput", {
  description: "An appointment.",
  fields: eventFields,
});

const ForwardContentInput = builder.inputType("ForwardContentInput", {
  description: "A message of this instance, to be passed on.",
  fields: (t) => ({
    messageId: t.id({ required: true, description: "WhatsApp's id of the message." }),
    chatId: t.id({
      description: "Its chat, by LID or phone-number JID; needed where two chats have this id.",
    }),
  }),
});

export const BatchContentInput = builder.inputType("BatchContentInput", {
  description: "What everybody gets: exactly one of these.",
  isOneOf: true,
  fields: (t) => ({
    text: t.string({ description: "A text, perhaps with variables such as `{{name}}`." }),
    image: t.field({ type: ImageContentInput, description: "A picture." }),
    video: t.field({ type: VideoContentInput, description: "A video." }),
    audio: t.field({ type: AudioContentInput, description: "A sound." }),
    sticker: t.field({ type: StickerContentInput, description: "A sticker." }),
    file: t.field({ type: FileContentInput, description: "A document." }),
    location: t.field({ type: LocationContentInput, description: "A place." }),
    contacts: t.field({ type: ContactsContentInput, description: "Contact cards." }),
    poll: t.field({ type: PollContentInput, description: "A poll." }),
    event: t.field({ type: EventContentInput, description: "An appointment." }),
    forward: t.field({ type: ForwardContentInput, description: "A message that is passed on." }),
  }),
});

/** @throws GatewayError BAD_INPUT */
export function batchContent(input: typeof BatchContentInput.$inferInput): SendContent {
  const { text, image, video, audio, sticker, file } = input;
  const { location, contacts, poll, event, forward } = input;
  if (typeof text === "string") return { kind: "TEXT", text };
  if (image) {
    const { media, caption = null, viewOnce: isViewOnce = null } = image;
    return { kind: "IMAGE", source: sourceOf(media), caption, isViewOnce };
  }
  if (video) {
    const { media, caption = null, form = null, viewOnce: isViewOnce = null } = video;
    return { kind: "VIDEO", source: sourceOf(media), caption, form, isViewOnce };
  }
  if (audio) {
    const { media, voiceNote: isVoiceNote = null, viewOnce: isViewOnce = null } = audio;
    return { kind: "AUDIO", source: sourceOf(media), isVoiceNote, isViewOnce };
  }
  if (sticker) return { kind: "STICKER", source: sourceOf(sticker.media) };
  if (file) {
    const { media, caption = null, fileName = null, mimetype = null } = file;
    return { kind: "DOCUMENT", source: sourceOf(media), caption, fileName, mimetype };
  }
  if (location) return { kind: "LOCATION", location };
  if (contacts) return { kind: "CONTACTS", contacts: contacts.contacts };
  if (poll) return { kind: "POLL", poll };
  if (event) return { kind: "EVENT", appointment: event };
  if (forward) return { kind: "FORWARD", ...forward };
  throw new GatewayError("BAD_INPUT", "The content is empty. Give one of its fields.", {
    argument: "content",
  });
}
