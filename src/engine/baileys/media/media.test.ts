import { createHash, randomBytes } from "node:crypto";
import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { link, silent, startEngineWorld } from "../../../../test/support/engine-world.ts";
import { createBaileysEngine } from "../baileys-engine.ts";
import { proto } from "../library.ts";

const ME = "5511999990001";
const ANA = "5511999990002";
const PICTURE = randomBytes(100_000);

async function receivedPicture(world: Awaited<ReturnType<typeof startEngineWorld>>) {
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  await ana.send(ME, {
    image: { base64: PICTURE.toString("base64"), mimetype: "image/png", caption: "look" },
  });
  return me.message("look");
}

test("an image that comes is described, and its bytes are fetched and proven", async () => {
  await using world = await startEngineWorld();
  const { kind, media, raw } = await receivedPicture(world);
  expect(kind).toBe("IMAGE");
  expect(media).toMatchObject({
    mimetype: "image/png",
    size: PICTURE.length,
    sha256: createHash("sha256").update(PICTURE).digest("base64"),
  });
  expect(await buffer(world.engine.download(raw!))).toEqual(PICTURE);
});

test("bytes that are not the sender's are refused", async () => {
  await using world = await startEngineWorld();
  const { raw } = await receivedPicture(world);
  const change = (edit: (image: proto.Message.IImageMessage) => void): Uint8Array => {
    const message = proto.Message.decode(raw!);
    edit(message.imageMessage!);
    return proto.Message.encode(message).finish();
  };
  const wrong = [
    change((image) => (image.fileSha256 = randomBytes(32))),
    change((image) => (image.fileEncSha256 = randomBytes(32))),
    change((image) => (image.fileLength = PICTURE.length - 50)),
    change((image) => (image.fileLength = PICTURE.length + 50)),
    change((image) => (image.mediaKey = randomBytes(32))),
    change((image) => delete image.fileSha256),
    // As if it were one of a channel, which nothing seals.
    change((image) => {
      delete image.mediaKey;
      delete image.fileEncSha256;
      image.fileLength = Math.ceil((PICTURE.length + 1) / 16) * 16 + 10;
    }),
  ];
  for (const message of wrong) {
    let given = 0;
    const read = async () => {
      for await (const piece of world.engine.download(message)) given += piece.length;
    };
    await expect(read()).rejects.toMatchObject({ code: "MEDIA_INVALID" });
    // A whole number of blocks: nobody counts all of it before it is refused.
    expect(given).toBeLessThan(PICTURE.length - 50);
  }
});

test("a message cannot send us to a host of its choice", async () => {
  await using world = await startEngineWorld();
  const { raw } = await receivedPicture(world);
  await using real = createBaileysEngine({ log: silent });
  const named = (place: Pick<proto.Message.IImageMessage, "url" | "directPath">): Uint8Array => {
    const message = proto.Message.decode(raw!);
    message.imageMessage = { ...message.imageMessage, url: null, directPath: null, ...place };
    return proto.Message.encode(message).finish();
  };
  const hosts = [
    { url: "https://127.0.0.1:1/secret" },
    { url: "http://mmg.whatsapp.net/plain" },
    { url: "https://mmg.whatsapp.net.example.com/x" },
    { url: "https://169.254.169.254/", directPath: "/latest" },
  ];
  for (const place of hosts) {
    await expect(buffer(real.download(named(place)))).rejects.toThrow(/none of WhatsApp's/);
  }
  for (const directPath of ["@127.0.0.1/x", "//127.0.0.1/x", "x"]) {
    await expect(buffer(real.download(named({ directPath })))).rejects.toThrow(/sound path/);
  }
  const outside = world.engine.download(named({ url: "https://mmg.whatsapp.net/x" }));
  await expect(buffer(outside)).rejects.toThrow(/none of WhatsApp's/);
});

test("an attachment that is gone is told apart from a wrong one", async () => {
  await using world = await startEngineWorld();
  const { raw } = await receivedPicture(world);
  const message = proto.Message.decode(raw!);
  Object.assign(message.imageMessage!, { directPath: "/mms/image/nothing" });
  const gone = proto.Message.encode(message).finish();
  await expect(buffer(world.engine.download(gone))).rejects.toMatchObject({
    code: "MEDIA_GONE",
  });
});

test("images and documents are sent with what describes them", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  await using folder = await mkdtempDisposable(join(tmpdir(), "wagraph-"));
  const path = join(folder.path, "picture");
  await writeFile(path, PICTURE);
  const to = ana.lid as never;
  const shared = { path, caption: "for you", thumbnail: null, quoted: null };

  const image = await me.connection.prepare(
    { ...shared, kind: "IMAGE", mimetype: "image/png", fileName: null },
    to,
  );
  expect(image.media).toMatchObject({ mimetype: "image/png", size: PICTURE.length });
  await me.connection.transmit("3EB0IMAGE" as never, to, image.bytes);
  const seen = await ana.waitFor(({ type }) => type === "image");
  expect(seen).toMatchObject({ caption: "for you", mimetype: "image/png" });
  expect(Buffer.from(seen.bytes!)).toEqual(PICTURE);

  const document = await me.connection.prepare(
    { ...shared, kind: "DOCUMENT", mimetype: "application/pdf", fileName: "offer.pdf" },
    to,
  );
  expect(document.media?.fileName).toBe("offer.pdf");
  await me.connection.transmit("3EB0FILE" as never, to, document.bytes);
  expect(await ana.waitFor(({ type }) => type === "document")).toMatchObject({
    fileName: "offer.pdf",
    mimetype: "application/pdf",
  });
});

test("one late answer about media hosts does not end all uploads", async () => {
  await using world = await startEngineWorld({ timeouts: { queryMs: 100 } });
  const me = await link(world, ME);
  await using folder = await mkdtempDisposable(join(tmpdir(), "wagraph-"));
  const path = join(folder.path, "picture");
  await writeFile(path, PICTURE);
  const shared = { fileName: null, caption: null, thumbnail: null, quoted: null };
  const content = { ...shared, kind: "IMAGE", mimetype: "image/png", path } as const;
  world.wa.fault({ kind: "silence", phone: ME });
  const refused = me.connection.prepare(content, ME as never);
  await expect(refused).rejects.toMatchObject({ code: "UNAVAILABLE" });
  world.wa.clearFaults();
  expect((await me.connection.prepare(content, ME as never)).media?.size).toBe(PICTURE.length);
});
