import { z } from "zod";
import { place } from "./sends.ts";

/** Without a form around it there is no upload. */
const media = z.union(
  [
    z.strictObject({ url: z.string() }),
    z.strictObject({ base64: z.string() }),
    z.strictObject({ messageUid: z.string() }),
  ],
  "Give exactly one of `url`, `base64` and `messageUid`",
);

const caption = z.string().optional();
const viewOnce = z.boolean().optional();

/** What everybody gets, as GraphQL's input has it: exactly one of these. */
export const batchContent = z.union(
  [
    z.strictObject({ text: z.string() }),
    z.strictObject({ image: z.strictObject({ media, caption, viewOnce }) }),
    z.strictObject({
      video: z.strictObject({
        media,
        caption,
        form: z.enum(["GIF", "VIDEO_NOTE"]).optional(),
        viewOnce,
      }),
    }),
    z.strictObject({
      audio: z.strictObject({ media, voiceNote: z.boolean().optional(), viewOnce }),
    }),
    z.strictObject({ sticker: z.strictObject({ media }) }),
    z.strictObject({
      file: z.strictObject({
        media,
        caption,
        fileName: z.string().optional(),
        mimetype: z.string().optional(),
      }),
    }),
    z.strictObject({ location: z.strictObject(place) }),
    z.strictObject({
      contacts: z.strictObject({
        contacts: z.array(
          z.strictObject({
            name: z.string(),
            phone: z.string().optional(),
            vcard: z.string().optional(),
          }),
        ),
      }),
    }),
    z.strictObject({
      poll: z.strictObject({
        question: z.string(),
        options: z.array(z.string()),
        selectableCount: z.int().optional(),
      }),
    }),
    z.strictObject({
      event: z.strictObject({
        name: z.string(),
        description: z.string().optional(),
        startsAt: z.string(),
        endsAt: z.string().optional(),
        location: z.strictObject(place).optional(),
      }),
    }),
    z.strictObject({
      forward: z.strictObject({ messageId: z.string(), chatId: z.string().optional() }),
    }),
  ],
  "Give exactly one of text, image, video, audio, sticker, file, location, contacts, poll, event and forward",
);
