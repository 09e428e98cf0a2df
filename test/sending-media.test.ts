import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { jpeg } from "./support/files.ts";
import { fixture, fixturePath, withoutFfmpeg } from "./support/fixture.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownSend } from "./support/shown.ts";
import { tempDir } from "./support/temp-database.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

const dir = tempDir();
let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

async function send(what: string, body: object) {
  const { status, body: answer } = await gateway.post<ShownSend>(`/instances/me/${what}`, {
    to: ALICE,
    ...body,
  });
  expect([status, answer]).toEqual([200, expect.anything()]);
  return alice.waitFor(({ id }) => id === answer.messageId);
}

const refused = async (what: string, body: object) => {
  const { status, body: answer } = await gateway.post<ErrorReply>(`/instances/me/${what}`, {
    to: ALICE,
    ...body,
  });
  return [status, answer.error.code, answer.error.message];
};

const stored = async (id: string) => {
  const { data } = await gateway.event(
    "me",
    "message.sent",
    ({ data: { message } }) => message?.id === id,
  );
  return data.message;
};

test.skipIf(withoutFfmpeg)(
  `a video goes out byte for byte, with its length, size and a preview${withoutFfmpeg}`,
  async () => {
    const film = fixture("film.mp4");
    const got = await send("sendVideo", { base64: base64(film), caption: "look" });
    expect(got).toMatchObject({
      type: "video",
      caption: "look",
      mimetype: "video/mp4",
      seconds: 1,
    });
    expect(got.bytes?.equals(film)).toBe(true);
    expect(await stored(got.id)).toMatchObject({
      kind: "VIDEO",
      text: "look",
      media: { mimetype: "video/mp4", size: film.length, width: 64, height: 48, duration: 1 },
    });
  },
);

test.skipIf(withoutFfmpeg)(
  `a video note is round, a GIF is a video without sound, even when it was a GIF image${withoutFfmpeg}`,
  async () => {
    const film = base64(fixture("film.mp4"));
    expect(await send("sendVideo", { base64: film, form: "VIDEO_NOTE" })).toMatchObject({
      type: "video",
      form: "note",
    });
    const got = await send("sendVideo", { base64: base64(fixture("dance.gif")), form: "GIF" });
    expect(got).toMatchObject({ type: "video", form: "gif", mimetype: "video/mp4" });
    expect(got.bytes?.subarray(4, 8).toString()).toBe("ftyp");
    expect(await stored(got.id)).toMatchObject({ media: { form: "GIF", width: 64, height: 48 } });
  },
);

test.skipIf(withoutFfmpeg)(
  `a voice note of Ogg Opus goes out as it is, with what phones draw of it${withoutFfmpeg}`,
  async () => {
    const note = fixture("voice.ogg");
    const got = await send("sendAudio", { base64: base64(note), voiceNote: true });
    expect(got).toMatchObject({
      type: "audio",
      form: "voice",
      mimetype: "audio/ogg; codecs=opus",
      seconds: 2,
    });
    expect(got.bytes?.equals(note)).toBe(true);
    expect(got.waveform).toHaveLength(64);
    expect(Math.max(...(got.waveform ?? []))).toBe(100);
    expect(await stored(got.id)).toMatchObject({ media: { form: "VOICE_NOTE", duration: 2 } });
  },
);

test.skipIf(withoutFfmpeg)(
  `a voice note of anything else is converted; a song is not${withoutFfmpeg}`,
  async () => {
    const song = fixture("song.mp3");
    const note = await send("sendAudio", { base64: base64(song), voiceNote: true });
    expect(note).toMatchObject({ form: "voice", mimetype: "audio/ogg; codecs=opus", seconds: 2 });
    expect(note.bytes?.subarray(0, 4).toString()).toBe("OggS");
    const got = await send("sendAudio", { base64: base64(song) });
    expect(got).toMatchObject({ type: "audio", mimetype: "audio/mpeg", seconds: 2 });
    expect(got.form).toBeUndefined();
    expect(got.bytes?.equals(song)).toBe(true);
  },
);

test("any image becomes a sticker, and a GIF one that moves", async () => {
  const still = await send("sendSticker", { base64: base64(await jpeg()) });
  expect(still).toMatchObject({ type: "sticker", mimetype: "image/webp" });
  const { format, width, height, hasAlpha } = await sharp(still.bytes).metadata();
  expect({ format, width, height, hasAlpha }).toEqual({
    format: "webp",
    width: 512,
    height: 512,
    hasAlpha: true,
  });
  const moving = await send("sendSticker", { base64: base64(fixture("dance.gif")) });
  expect(moving).toMatchObject({ type: "sticker", form: "animated" });
  expect((await sharp(moving.bytes, { animated: true }).metadata()).pages).toBe(5);
  // What is a sticker already is not touched again.
  const again = await send("sendSticker", { base64: base64(still.bytes ?? Buffer.alloc(0)) });
  expect(again.bytes?.equals(still.bytes ?? Buffer.alloc(0))).toBe(true);
});

test("what is to be seen once is sent so, and said of the message", async () => {
  const image = base64(await jpeg());
  const got = await send("sendImage", { base64: image, viewOnce: true });
  expect(got).toMatchObject({ type: "image", viewOnce: true });
  expect(await stored(got.id)).toMatchObject({ kind: "IMAGE", isViewOnce: true });
  expect((await send("sendImage", { base64: image })).viewOnce).toBeUndefined();
});

test.skipIf(withoutFfmpeg)(
  `what is no such file is refused, and leaves nothing behind${withoutFfmpeg}`,
  async () => {
    const text = base64(Buffer.from("no picture, no sound"));
    for (const what of ["sendVideo", "sendAudio", "sendSticker"]) {
      expect(await refused(what, { base64: text })).toEqual([
        422,
        "MEDIA_INVALID",
        expect.stringMatching(/damaged or unknown|this is none/),
      ]);
    }
    await expect.poll(() => readdirSync(join(gateway.dataDir, "outbox"))).toEqual([]);
  },
);

test.skipIf(withoutFfmpeg)(`a playlist opens no file and no address${withoutFfmpeg}`, async () => {
  const other = fixturePath("clip.mpegts");
  const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:${other}\n#EXT-X-ENDLIST\n`;
  expect(await refused("sendVideo", { base64: base64(Buffer.from(playlist)) })).toEqual([
    422,
    "MEDIA_INVALID",
    expect.stringContaining("damaged or unknown"),
  ]);
});

describe("on a machine without ffmpeg", () => {
  const path = process.env["PATH"];
  beforeAll(() => {
    const empty = join(dir.path, "bin");
    mkdirSync(empty);
    process.env["PATH"] = empty;
  });
  afterAll(() => {
    process.env["PATH"] = path;
  });
  const ready = {
    song: fixture("song.mp3"),
    note: fixture("voice.ogg"),
    film: fixture("film.mp4"),
    dance: fixture("dance.gif"),
  };

  test("what phones play goes out all the same", async () => {
    expect(await send("sendAudio", { base64: base64(ready.song) })).toMatchObject({ seconds: 2 });
    const note = await send("sendAudio", { base64: base64(ready.note), voiceNote: true });
    expect(note).toMatchObject({ form: "voice", seconds: 2 });
    const film = await send("sendVideo", { base64: base64(ready.film) });
    expect(film).toMatchObject({ type: "video", mimetype: "video/mp4" });
  });

  test("what would have to be converted is refused, and the answer says what helps", async () => {
    const wishes: readonly (readonly [string, object])[] = [
      ["sendAudio", { base64: base64(ready.song), voiceNote: true }],
      ["sendVideo", { base64: base64(ready.dance), form: "GIF" }],
    ];
    for (const [what, body] of wishes) {
      expect(await refused(what, body)).toEqual([
        422,
        "MEDIA_INVALID",
        expect.stringContaining("install ffmpeg"),
      ]);
    }
  });
});
