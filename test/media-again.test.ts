import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { makeKey } from "./access/made-key.ts";
import type { ErrorReply } from "./support/calls.ts";
import { jpeg } from "./support/files.ts";
import { fixture, withoutFfmpeg } from "./support/fixture.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

let gateway: TestGateway;
let alice: Account;
let bob: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  await gateway.linked("other", "5511999990004");
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
  bob = await gateway.wa.account(BOB);
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

/** The uid of the message that holds what Alice sends. */
async function received(
  content: Parameters<Account["send"]>[1],
  to = ME,
  instance = "me",
): Promise<string> {
  const { id } = await alice.send(to, content);
  await gateway.event(instance, "message.received", ({ data }) => data.message?.id === id);
  return uidOf(id, instance);
}

async function uidOf(id: string, instance = "me"): Promise<string> {
  const { instance: found } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: { id: string; uid: string } }[] } };
  }>(`{ instance(id: "${instance}") { messages(first: 50) { edges { node { id uid } } } } }`);
  return found.messages.edges.find(({ node }) => node.id === id)?.node.uid ?? "none";
}

async function send(what: string, body: object) {
  const { status, body: answer } = await gateway.post<ShownSend>(`/instances/me/${what}`, {
    to: BOB,
    ...body,
  });
  expect([status, answer]).toEqual([200, expect.anything()]);
  return bob.waitFor(({ id }) => id === answer.messageId);
}

const refused = async (what: string, body: object) => {
  const { status, body: answer } = await gateway.post<ErrorReply>(`/instances/me/${what}`, {
    to: BOB,
    ...body,
  });
  return [status, answer.error.code];
};

test("a picture that came is sent on with other words, and is not uploaded again", async () => {
  const bytes = await jpeg();
  const messageUid = await received({ image: { bytes, mimetype: "image/jpeg", caption: "hers" } });
  const uploads = gateway.wa.stats["uploads"];
  const got = await send("sendImage", { messageUid, caption: "mine" });
  expect(got).toMatchObject({ type: "image", caption: "mine", mimetype: "image/jpeg" });
  expect(got.bytes?.equals(bytes)).toBe(true);
  expect(got.forwardingScore).toBeUndefined();
  // Without words of its own it has none, and what is to be seen once is wrapped up.
  const bare = await send("sendImage", { messageUid, viewOnce: true });
  expect(bare).toMatchObject({ type: "image", viewOnce: true });
  expect(bare.caption).toBeUndefined();
  expect(gateway.wa.stats["uploads"]).toBe(uploads);
  // What was sent that way may be sent again, and is stored with its attachment.
  const { data } = await gateway.event(
    "me",
    "message.sent",
    ({ data: { message } }) => message?.id === got.id,
  );
  expect(data.message).toMatchObject({ kind: "IMAGE", media: { size: bytes.length } });
  expect((await send("sendImage", { messageUid: await uidOf(got.id) })).bytes).toEqual(bytes);
  expect(gateway.wa.stats["uploads"]).toBe(uploads);
});

test("a document keeps its name unless another is given", async () => {
  const bytes = randomBytes(2_000);
  const document = { bytes, mimetype: "application/pdf", fileName: "a.pdf", caption: "terms" };
  const messageUid = await received({ document });
  const uploads = gateway.wa.stats["uploads"];
  expect(await send("sendFile", { messageUid })).toMatchObject({
    type: "document",
    fileName: "a.pdf",
    mimetype: "application/pdf",
    bytes,
  });
  const renamed = { messageUid, fileName: "b.bin", mimetype: "application/x-b" };
  expect(await send("sendFile", renamed)).toMatchObject({
    fileName: "b.bin",
    mimetype: "application/x-b",
    bytes,
  });
  expect(gateway.wa.stats["uploads"]).toBe(uploads);
});

test.skipIf(withoutFfmpeg)(
  `a voice note stays one unless it is to be none, and becomes what it is asked to be${withoutFfmpeg}`,
  async () => {
    const bytes = fixture("voice.ogg");
    const messageUid = await received({ audio: { bytes, voice: true } });
    const uploads = gateway.wa.stats["uploads"] ?? 0;
    expect(await send("sendAudio", { messageUid })).toMatchObject({ form: "voice", bytes });
    expect(gateway.wa.stats["uploads"]).toBe(uploads);
    expect((await send("sendAudio", { messageUid, voiceNote: false })).form).toBeUndefined();
    expect(gateway.wa.stats["uploads"]).toBe(uploads + 1);
  },
);

test("an attachment of another kind goes through the gateway", async () => {
  const bytes = await jpeg();
  const messageUid = await received({ image: { bytes, mimetype: "image/jpeg" } });
  expect(await send("sendFile", { messageUid })).toMatchObject({
    type: "document",
    mimetype: "image/jpeg",
    bytes,
  });
  expect(await send("sendSticker", { messageUid })).toMatchObject({ type: "sticker" });
  // Also what waits for its time, as WhatsApp may forget the first before.
  const { body } = await gateway.post<ShownSend>("/instances/me/sendImage", {
    to: BOB,
    messageUid,
    scheduledAt: new Date(Date.now() + 300).toISOString(),
  });
  const got = await bob.waitFor(({ id }) => id === body.messageId);
  expect(got.bytes?.equals(bytes)).toBe(true);
});

test("a picture of the account is made of a message's", async () => {
  const messageUid = await received({ image: { bytes: await jpeg(), mimetype: "image/jpeg" } });
  const { status } = await gateway.post("/instances/me/profile/picture", { messageUid });
  expect(status).toBe(204);
  expect((await gateway.wa.account(ME)).profile.picture).toBeDefined();
});

test("what has no attachment is said so", async () => {
  const text = await received({ text: "no picture" });
  expect(await refused("sendImage", { messageUid: "nothing" })).toEqual([404, "MESSAGE_NOT_FOUND"]);
  expect(await refused("sendImage", { messageUid: text })).toEqual([400, "BAD_INPUT"]);
  expect(await refused("sendImage", { messageUid: text, url: "https://a.example" })).toEqual([
    400,
    "BAD_INPUT",
  ]);
});

test("who may not know of an account does not send its attachments", async () => {
  const picture = { bytes: await jpeg(), mimetype: "image/jpeg" };
  const theirs = await received({ image: picture }, "5511999990004", "other");
  const key = await makeKey(gateway, { scopes: ["messages:send"], instanceIds: ["me"] });
  const media = { messageUid: theirs };
  const image = { kind: "IMAGE", ...media };
  const ways = [
    ["sendImage", { to: BOB, ...media }],
    ["sendStatus", { kind: "IMAGE", audience: [BOB], ...media }],
    ["sendAlbum", { to: BOB, items: [image, image] }],
    ["batches", { content: { image: { media } }, recipients: [{ to: BOB }] }],
  ] as const;
  for (const [way, input] of ways) {
    const { status, body } = await key.calls.post<ErrorReply>(`/instances/me/${way}`, input);
    expect([way, status, body.error.code]).toEqual([way, 404, "MESSAGE_NOT_FOUND"]);
  }
  expect((await send("sendImage", { messageUid: theirs })).type).toBe("image");
});
