import { downloadMediaMessage } from "@whiskeysockets/baileys";
import { createHash, randomBytes } from "node:crypto";
import { request } from "node:https";
import { Agent } from "undici";
import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

test("a client's image is uploaded and read by the phone", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  const image = randomBytes(5_000);
  await client.socket.sendMessage(alice.jid, {
    image,
    caption: "look",
    mimetype: "image/png",
    jpegThumbnail: "",
  });
  const message = await alice.waitFor(({ type }) => type === "image");
  expect(message).toMatchObject({ caption: "look", mimetype: "image/png", bytes: image });
  expect(message.sha256).toBe(createHash("sha256").update(image).digest("hex"));
  expect(wa.stats["uploads"]).toBe(1);
});

test("a client downloads what a phone sends", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  const bytes = randomBytes(3_000);
  const image = { base64: bytes.toString("base64"), mimetype: "image/jpeg", caption: "sunset" };
  await alice.send(ME, { image });
  await alice.send(ME, {
    document: { bytes, mimetype: "application/pdf", fileName: "a.pdf", caption: "terms" },
  });
  await expect.poll(() => client.messages.length).toBe(2);
  const [first, second] = client.messages.map(({ message }) => message);
  expect(first?.message?.imageMessage).toMatchObject({ caption: "sunset" });
  const wrapped = second?.message?.documentWithCaptionMessage?.message?.documentMessage;
  expect(wrapped).toMatchObject({ fileName: "a.pdf", caption: "terms" });
  await using dispatcher = new TrustingAgent(wa.caPem);
  for (const message of [first, second]) {
    if (message === undefined) throw new Error("no message");
    const options = { options: { dispatcher } as object };
    expect(await downloadMediaMessage(message, "buffer", options)).toEqual(bytes);
  }
  await me.send(ALICE, { document: { bytes, fileName: "b.bin" } });
  await expect(alice.waitFor(({ type }) => type === "document")).resolves.toMatchObject({
    fileName: "b.bin",
    bytes,
  });
});

test("media without bytes is refused", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  await wa.account(ALICE);
  await expect(me.send(ALICE, { image: { base64: "" } })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});

test("an upload under a hash that is not its own is refused", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  await using client = await Client.linked(wa, me);
  const { hosts } = await client.socket.refreshMediaConn();
  const url = `https://${hosts[0]?.hostname}/mms/image/wrong`;
  expect(await statusOf(url, "POST", wa.caPem, Buffer.from("x"))).toBe(400);
  expect(await statusOf(url, "GET", wa.caPem)).toBe(404);
});

class TrustingAgent extends Agent implements AsyncDisposable {
  constructor(ca: string) {
    super({ connect: { ca } });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

async function statusOf(
  url: string,
  method: string,
  ca: string,
  body?: Buffer,
): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const call = request(url, { method, ca, agent: false }, (response) => {
    response.resume();
    resolve(response.statusCode);
  });
  call.on("error", reject);
  call.end(body);
  return promise;
}

test("a phone uploads again what the hosts keep no more, for the device that asks", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  const bytes = randomBytes(3_000);
  await alice.send(ME, { image: { bytes, caption: "sunset" } });
  await expect.poll(() => client.messages.length).toBe(1);
  const message = client.messages[0]!.message;
  const before = message.message?.imageMessage?.directPath;
  wa.expireMedia();
  const renewed = await client.socket.updateMediaMessage(message);
  expect(renewed.message?.imageMessage?.directPath).not.toBe(before);
  await me.deleteFiles();
  await expect(client.socket.updateMediaMessage(message)).rejects.toThrow(/re-upload/);
});
