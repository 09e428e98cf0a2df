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
  ["a round video", { ptvMessage: { mimetype: "video/mp4" } }, { kind: "VIDEO" }],
  [
    "a voice message",
    { audioMessage: { mimetype: "audio/ogg", seconds: 5, ptt: true } },
    { kind: "AUDIO", text: null, media: { ...NO_MEDIA, mimetype: "audio/ogg", duration: 5 } },
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
    { kind: "IMAGE" },
  ],
  ["a location", { locationMessage: { degreesLatitude: 1 } }, { kind: "UNSUPPORTED", text: null }],
  ["a poll", { pollCreationMessageV3: { name: "?" } }, { kind: "UNSUPPORTED" }],
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
