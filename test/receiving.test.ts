import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownMessage } from "./support/shown.ts";

const ME = "5511999990001";

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account("5511999990002", { name: "Alice" });
  bob = await gateway.wa.account("5511999990003", { name: "Bob", addressing: "lid" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const received = (text: string) =>
  gateway.event("me", "message.received", ({ data }) => data.message?.text === text);

test("a text says who wrote it under both names, where and when", async () => {
  const { id } = await alice.send(ME, { text: "hello" });
  const { data, timestamp } = await received("hello");
  const person = { id: alice.lid, pn: alice.jid, lid: alice.lid };
  expect(data).toMatchObject({
    whileOffline: false,
    message: {
      id,
      instanceId: "me",
      chat: person,
      sender: { ...person, name: "Alice" },
      fromMe: false,
      kind: "TEXT",
      status: null,
      quotedId: null,
      media: null,
      timestamp,
    },
  });
  expect(Math.abs(Date.now() - Date.parse(timestamp))).toBeLessThan(10_000);
});

test("someone who hides their number is the same person: the names are joined, not mixed up", async () => {
  await bob.send(ME, { text: "from a hidden number" });
  const { data } = await received("from a hidden number");
  expect(data.message).toMatchObject({
    chat: { id: bob.lid, lid: bob.lid, pn: bob.jid },
    sender: { id: bob.lid, lid: bob.lid, pn: bob.jid, name: "Bob" },
  });
});

test("the addressing of one person may change without making a second chat", async () => {
  await alice.send(ME, { text: "by number" }, { addressing: "pn" });
  await alice.send(ME, { text: "by LID" }, { addressing: "lid" });
  const [number, lid] = [await received("by number"), await received("by LID")];
  expect(lid.data.message?.chat).toEqual(number.data.message?.chat);
});

test("an image tells its type, size and hash, and its caption is the text", async () => {
  const bytes = Buffer.from("not a picture, but WhatsApp does not look");
  await alice.send(ME, { image: { bytes, mimetype: "image/png", caption: "look" } });
  const { data } = await received("look");
  const sha256 = createHash("sha256").update(bytes).digest("base64");
  expect(data.message).toMatchObject({
    kind: "IMAGE",
    media: { mimetype: "image/png", size: bytes.length, sha256 },
  });
});

test("a document keeps its name beside its caption", async () => {
  const document = { bytes: Buffer.from("%PDF"), mimetype: "application/pdf", fileName: "a b.pdf" };
  await alice.send(ME, { document: { ...document, caption: "the bill" } });
  const { data } = await received("the bill");
  expect(data.message).toMatchObject({
    kind: "DOCUMENT",
    media: { mimetype: "application/pdf", fileName: "a b.pdf", size: 4 },
  });
});

test("an answer names the message it answers", async () => {
  const { id } = await alice.send(ME, { text: "a question" });
  await alice.send(ME, { text: "an answer", quoted: { id, from: alice.phone } });
  expect((await received("an answer")).data.message?.quotedId).toBe(id);
});

test("in a group the chat is the group and the sender the person", async () => {
  const group = await gateway.wa.group({ subject: "Us", participants: [alice.phone, ME] });
  await alice.send(group, { text: "hello all" });
  const { data } = await received("hello all");
  expect(data.message).toMatchObject({
    chat: { id: group.jid, pn: null, lid: null },
    sender: { id: alice.lid, pn: alice.jid, lid: alice.lid, name: "Alice" },
  });
});

test("what the user writes on the phone is message.sent from a device, never message.received", async () => {
  await me.send(alice.phone, { text: "from my phone" });
  const { data } = await gateway.event(
    "me",
    "message.sent",
    (event) => event.data.message?.text === "from my phone",
  );
  expect(data).toMatchObject({
    source: "DEVICE",
    message: {
      fromMe: true,
      status: "SERVER_ACK",
      chat: { pn: alice.jid },
      sender: { pn: me.jid },
    },
  });
  const texts = (await gateway.events("me", "message.received")).map((e) => e.data.message?.text);
  expect(texts).not.toContain("from my phone");
});

test("senders choose ids, and none can suppress another's message by reusing one", async () => {
  const group = await gateway.wa.group({
    subject: "Ids",
    participants: [alice.phone, bob.phone, ME],
  });
  const id = "3EB0AAAAAAAAAAAAAAAAAA";
  await alice.send(group, { text: "the first" }, { id });
  await bob.send(group, { text: "the spoof" }, { id });
  await alice.send(ME, { text: "elsewhere" }, { id });
  for (const text of ["the first", "the spoof", "elsewhere"]) {
    expect((await received(text)).data.message?.id).toBe(id);
  }
});

test("a message that WhatsApp delivers again after a lost receipt is no second event", async () => {
  gateway.wa.fault({ kind: "loseReceipts", phone: ME });
  await alice.send(ME, { text: "once" });
  await received("once");
  const opened = (await gateway.events("me", "connection.open")).length;
  gateway.wa.fault({ kind: "drop", phone: ME });
  await expect
    .poll(async () => (await gateway.events("me", "connection.open")).length)
    .toBe(opened + 1);
  gateway.wa.clearFaults();
  await alice.send(ME, { text: "after" });
  await received("after");
  const texts = (await gateway.events("me", "message.received")).map((e) => e.data.message?.text);
  expect(texts.filter((text) => text === "once")).toHaveLength(1);
});

test("a message that cannot be read is asked for again and then stands there once, readable", async () => {
  gateway.wa.fault({ kind: "undecryptable", phone: ME });
  const { id } = await alice.send(ME, { text: "garbled at first" });
  await received("garbled at first");
  const { instance } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: ShownMessage }[] } };
  }>(`{ instance(id: "me") { messages(first: 50) { edges { node { id kind text } } } } }`);
  const stored = instance.messages.edges.map(({ node }) => node).filter((each) => each.id === id);
  expect(stored).toEqual([{ id, kind: "TEXT", text: "garbled at first" }]);
});

test("the message store holds what the events told, newest first", async () => {
  await alice.send(ME, { text: "stored" });
  const event = await received("stored");
  const fields = `id instanceId chat { id pn lid } sender { id pn lid name } fromMe kind text timestamp status quotedId`;
  const { instance } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: ShownMessage }[] } };
  }>(
    `query ($chat: ID!) { instance(id: "me") { messages(first: 1, chatId: $chat) { edges { node { uid ${fields} } } } } }`,
    { chat: alice.jid },
  );
  const { uid, ...stored } = instance.messages.edges[0]?.node ?? {};
  expect(event.data.message).toMatchObject(stored);
  const { message } = await gateway.graphql<{ message: ShownMessage }>(
    `query ($uid: ID!) { message(uid: $uid) { ${fields} } }`,
    { uid },
  );
  expect(message).toEqual(stored);
});

test("what came while the gateway was away is told at the next start, and marked so", async () => {
  await gateway.stop();
  await alice.send(ME, { text: "while you were out" });
  await gateway.start();
  const { data } = await received("while you were out");
  expect(data.whileOffline).toBe(true);
  await alice.send(ME, { text: "now you are back" });
  expect((await received("now you are back")).data.whileOffline).toBe(false);
});
