import { expect, test } from "vitest";
import { proto } from "../library.ts";
import { contentOf } from "./content.ts";

const TEXT = { kind: "TEXT", text: "hi", quotedId: null, media: null };
const NO_MEDIA = {
  size: null,
  fileName: null,
  width: null,
  height: null,
  duration: null,
  sha256: null,
  form: null,
};
const context = { stanzaId: "3EB0Q", participant: "1@lid" };

const told: readonly (readonly [string, proto.IMessage, object])[] = [
  ["a text", { conversation: "hi" }, TEXT],
  ["an empty text", { conversation: "" }, { ...TEXT, text: "" }],
  ["a text with a preview", { extendedTextMessage: { text: "hi" } }, TEXT],
  [
    "an answer",
    { extendedTextMessage: { text: "hi", contextInfo: context } },
    { ...TEXT, quotedId: "3EB0Q" },
  ],
  [
    "an image",
    {
      imageMessage: {
        mimetype: "image/jpeg",
        caption: "look",
        fileLength: 12,
        width: 3,
        height: 4,
        fileSha256: Buffer.alloc(32, 1),
        contextInfo: context,
      },
    },
    {
      kind: "IMAGE",
      text: "look",
      quotedId: "3EB0Q",
      media: {
        ...NO_MEDIA,
        mimetype: "image/jpeg",
        size: 12,
        width: 3,
        height: 4,
        sha256: Buffer.alloc(32, 1).toString("base64"),
      },
    },
  ],
  ["a video", { videoMessage: { mimetype: "video/mp4", seconds: 7 } }, { kind: "VIDEO" }],
  [
    "a round video",
    { ptvMessage: { mimetype: "video/mp4" } },
    { kind: "VIDEO", media: { form: "VIDEO_NOTE" } },
  ],
  [
    "a GIF",
    { videoMessage: { mimetype: "video/mp4", gifPlayback: true } },
    { kind: "VIDEO", media: { form: "GIF" } },
  ],
  [
    "a voice message",
    { audioMessage: { mimetype: "audio/ogg", seconds: 5, ptt: true } },
    {
      kind: "AUDIO",
      text: null,
      media: { ...NO_MEDIA, mimetype: "audio/ogg", duration: 5, form: "VOICE_NOTE" },
    },
  ],
  [
    "a document in its wrapper",
    {
      documentWithCaptionMessage: {
        message: {
          documentMessage: { mimetype: "application/pdf", fileName: "a.pdf", caption: "see" },
        },
      },
    },
    {
      kind: "DOCUMENT",
      text: "see",
      media: { ...NO_MEDIA, mimetype: "application/pdf", fileName: "a.pdf" },
    },
  ],
  ["a sticker", { stickerMessage: { mimetype: "image/webp" } }, { kind: "STICKER", text: null }],
  ["a disappearing text", { ephemeralMessage: { message: { conversation: "hi" } } }, TEXT],
  [
    "a picture to look at once",
    { viewOnceMessageV2: { message: { imageMessage: { mimetype: "image/jpeg" } } } },
    { kind: "IMAGE", isViewOnce: true },
  ],
  [
    "a voice to hear once",
    { audioMessage: { mimetype: "audio/ogg", viewOnce: true } },
    { kind: "AUDIO", isViewOnce: true },
  ],
  [
    "a text that was passed on, names somebody and will disappear",
    {
      extendedTextMessage: {
        text: "hi @1",
        contextInfo: { mentionedJid: ["1:2@lid"], isForwarded: true, expiration: 86_400 },
      },
    },
    { mentions: ["1@lid"], forwardingScore: 1, disappearsAfter: 86_400 },
  ],
  [
    "a place",
    {
      locationMessage: {
        degreesLatitude: -23.5,
        degreesLongitude: -46.6,
        name: "Praça",
        comment: "here",
      },
    },
    {
      kind: "LOCATION",
      text: "here",
      details: {
        kind: "LOCATION",
        location: {
          latitude: -23.5,
          longitude: -46.6,
          name: "Praça",
          address: null,
          isLive: false,
        },
      },
    },
  ],
  [
    "a place that moves",
    { liveLocationMessage: { degreesLatitude: 1, degreesLongitude: 2, caption: "on my way" } },
    { kind: "LOCATION", text: "on my way", details: { location: { isLive: true } } },
  ],
  ["no place on the map", { locationMessage: { degreesLatitude: 1 } }, { kind: "UNSUPPORTED" }],
  [
    "a place beyond the map",
    { locationMessage: { degreesLatitude: 91, degreesLongitude: 0 } },
    { kind: "UNSUPPORTED" },
  ],
  [
    "contact cards",
    {
      contactsArrayMessage: {
        contacts: [{ displayName: "Ana", vcard: "BEGIN:VCARD\nTEL:+55 11 9\nEND:VCARD" }, {}],
      },
    },
    {
      kind: "CONTACTS",
      details: {
        contacts: [
          { name: "Ana", phones: ["55119"] },
          { name: null, phones: [], vcard: "" },
        ],
      },
    },
  ],
  [
    "a poll in its wrapper",
    {
      pollCreationMessageV4: {
        message: {
          pollCreationMessageV3: { name: "When?", options: [{ optionName: "Now" }] },
        },
      },
    },
    {
      kind: "POLL",
      text: "When?",
      details: { poll: { question: "When?", options: ["Now"], selectableCount: null } },
    },
  ],
  [
    "an appointment",
    { eventMessage: { name: "Lunch", startTime: 1_700_000_000, isCanceled: true } },
    {
      kind: "EVENT",
      text: "Lunch",
      details: {
        appointment: { startsAt: new Date(1_700_000_000_000), endsAt: null, isCancelled: true },
      },
    },
  ],
  [
    "an appointment at no time",
    { eventMessage: { name: "Never", startTime: 9_007_199_254_740_991 } },
    { kind: "EVENT", details: { appointment: { startsAt: null } } },
  ],
  [
    "an album",
    { albumMessage: { expectedImageCount: 2, expectedVideoCount: 1 } },
    { kind: "ALBUM", details: { album: { images: 2, videos: 1 } } },
  ],
  [
    "a picture of an album",
    {
      associatedChildMessage: { message: { imageMessage: { mimetype: "image/jpeg" } } },
      messageContextInfo: { messageAssociation: { parentMessageKey: { id: "3EB0A" } } },
    },
    { kind: "IMAGE", albumId: "3EB0A" },
  ],
];

test.each(told)("%s", (_, message, expected) => {
  // Through bytes, as it comes: decoding fills in defaults for what is not there.
  const bytes = proto.Message.encode(proto.Message.fromObject(message)).finish();
  expect(contentOf(proto.Message.decode(bytes))).toMatchObject(expected);
});

const untold: readonly (readonly [string, proto.IMessage])[] = [
  ["nothing", {}],
  ["a secret for reports", { messageContextInfo: { messageSecret: Buffer.alloc(32) } }],
  ["a sender key", { senderKeyDistributionMessage: { groupId: "1@g.us" } }],
  ["a reaction", { reactionMessage: { text: "👍" } }],
  ["a deletion", { protocolMessage: { type: proto.Message.ProtocolMessage.Type.REVOKE } }],
  [
    "keys that only our own phone may share",
    { protocolMessage: { type: proto.Message.ProtocolMessage.Type.APP_STATE_SYNC_KEY_SHARE } },
  ],
  [
    "an edit",
    { editedMessage: { message: { protocolMessage: { editedMessage: { conversation: "new" } } } } },
  ],
  ["a vote", { pollUpdateMessage: {} }],
];

test.each(untold)("%s is not for people", (_, message) => {
  const bytes = proto.Message.encode(proto.Message.fromObject(message)).finish();
  expect(contentOf(proto.Message.decode(bytes))).toBeUndefined();
});

test("wrappers without end are not unwrapped without end", () => {
  let message: proto.IMessage = { conversation: "deep" };
  for (let depth = 0; depth < 50; depth += 1) message = { ephemeralMessage: { message } };
  expect(contentOf(message)).toMatchObject({ kind: "UNSUPPORTED" });
});
