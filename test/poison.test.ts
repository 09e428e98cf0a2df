import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { proto } from "@whiskeysockets/baileys";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { createBaileysEngine } from "../src/engine/baileys/baileys-engine.ts";
import { link, silent } from "./support/engine-world.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";
import type { ShownEvent, ShownMessage } from "./support/shown.ts";
import type { Stream } from "./support/stream.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

/**
 * A message behind a poisoned one is an event this soon (milliseconds). Idle machines need a tenth of it,
 * but tests run side by side on few processors; what holds messages up takes seconds.
 */
const NEXT_WITHIN_MS = 1_000;

let receiver: Receiver;
let gateway: TestGateway;
let alice: Account;
let heard: Stream<Item>;
beforeAll(async () => {
  receiver = await startReceiver();
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  const { body } = await gateway.post<{ secret: string }>("/instances/me/webhooks", {
    url: receiver.url,
    events: ["message.*"],
  });
  receiver.trust(body.secret);
  alice = await gateway.wa.account(ALICE, { name: "__proto__" });
  heard = follow();
  await heard.next();
  await alice.send(ME, { text: "warm up" });
  await heard.until(({ events }) => events.event?.message?.text === "warm up");
});
afterAll(async () => {
  await heard[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

interface Item {
  readonly events: {
    readonly event?: {
      readonly type: string;
      readonly message?: Pick<ShownMessage, "id" | "kind" | "text">;
    };
  };
}

const follow = () =>
  gateway.subscribe<Item>(`subscription { events { ... on EventDelivery { event { type
    ... on MessageReceived { message { id kind text } }
    ... on MessageUndecryptable { message { id kind text } } } } } }`);

const isMessage =
  (id: string) =>
  ({ data }: ShownEvent): boolean =>
    data.message?.id === id;

/** The stored messages with this id, as GraphQL shows them. */
async function stored(id: string): Promise<readonly ShownMessage[]> {
  const { instance } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: ShownMessage }[] } };
  }>(
    `{ instance(id: "me") { messages(first: 50) { edges { node { uid id kind text media { fileName } } } } } }`,
  );
  return instance.messages.edges.map(({ node }) => node).filter((message) => message.id === id);
}

async function expectNextInTime(): Promise<void> {
  const began = performance.now();
  const { id } = await alice.send(ME, { text: "the next" });
  await heard.until(({ events }) => events.event?.message?.id === id);
  expect(performance.now() - began).toBeLessThan(NEXT_WITHIN_MS);
}

/** Every way out shows the message, and what comes after it comes in time. */
async function expectShown(id: string, what: Partial<ShownMessage>): Promise<void> {
  const item = await heard.until(({ events }) => events.event?.message?.id === id);
  expect(item.events.event).toMatchObject({ type: "message.received" });
  const [message, ...more] = await stored(id);
  expect(message).toMatchObject(what);
  expect(more).toEqual([]);
  const isIt = isMessage(id);
  expect((await gateway.event("me", "message.received", isIt)).data.message).toMatchObject(what);
  expect((await receiver.event("message.received", isIt)).data.message).toMatchObject(what);
  // Only now: to read five megabytes takes the callers in this very process longer than the gateway.
  await expectNextInTime();
}

/** How the bytes that were sent are kept beside what is shown. */
function rawOf(id: string): Uint8Array {
  using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"), { readOnly: true });
  const row = database.prepare(`SELECT raw FROM "Message" WHERE id = ?`).get(id);
  return row?.["raw"] as Uint8Array;
}

test.each([
  ["lone surrogates", "a \ud800 b \udc00 c", "a \ufffd b \ufffd c"],
  ["NULs", "before\0after", "beforeafter"],
  ["the name of a prototype", "__proto__", "__proto__"],
])("a text of %s is kept, shown everywhere, and holds up nothing", async (_name, sent, shown) => {
  const { id } = await alice.send(ME, { text: sent });
  await expectShown(id, { kind: "TEXT", text: shown });
  expect(rawOf(id).length).toBeGreaterThan(sent.length);
});

test("a file whose name cannot be stored as it is keeps what can be", async () => {
  const document = { bytes: Buffer.from("x"), fileName: "__proto__\0\ud800", caption: "a file" };
  const { id } = await alice.send(ME, { document });
  await expectShown(id, { kind: "DOCUMENT", text: "a file" });
  expect((await stored(id))[0]?.media).toEqual({ fileName: "__proto__\ufffd" });
});

test("ten thousand mentions are one message", async () => {
  await using engine = createBaileysEngine({ log: silent, url: gateway.wa.url });
  const device = await link({ wa: gateway.wa, engine }, ALICE);
  const mentionedJid = Array.from({ length: 10_000 }, (_, n) => `${55_000_000_000 + n}@lid`);
  const message = { extendedTextMessage: { text: "all of you", contextInfo: { mentionedJid } } };
  const to = await device.connection.lookUp(ME);
  if (to === undefined) throw new Error("the account is not there");
  const bytes = proto.Message.encode(message).finish();
  await device.connection.transmit("3EB0MENTIONS" as never, to.id, bytes);
  await expectShown("3EB0MENTIONS", { kind: "TEXT", text: "all of you" });
  expect(rawOf("3EB0MENTIONS").length).toBeGreaterThan(150_000);
});

test("bytes that are no message are kept as they came, as a kind that is not understood", async () => {
  const bytes = Buffer.from("ffffffffffff01", "hex");
  await gateway.stop();
  {
    using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"));
    const t = String(Math.floor(Date.now() / 1_000));
    const stanza = JSON.stringify({ id: "3EB0UNDECODABLE", from: alice.jid, t, notify: "Alice" });
    database
      .prepare(
        `INSERT INTO "InboxRow" ("instanceId", hash, stanza, plaintext, "createdAt") VALUES ('me', 'a hash', ?, ?, 1)`,
      )
      .run(stanza, bytes);
  }
  await gateway.start();
  await gateway.reaches("me", "OPEN");
  await heard[Symbol.asyncDispose]();
  heard = follow();
  await heard.next();
  await expectNextInTime();
  const isIt = isMessage("3EB0UNDECODABLE");
  const event = await gateway.event("me", "message.received", isIt);
  expect(event.data.message).toMatchObject({ kind: "UNSUPPORTED", text: null });
  expect(Buffer.from(rawOf("3EB0UNDECODABLE"))).toEqual(bytes);
  await receiver.event("message.received", isIt);
});

test("what cannot be decrypted is told at once, and is the same message when a retry brings it", async () => {
  gateway.wa.fault({ kind: "undecryptable", phone: ME });
  const { id } = await alice.send(ME, { text: "garbled at first" });
  const first = await heard.until(({ events }) => events.event?.message?.id === id);
  expect(first.events.event).toMatchObject({
    type: "message.undecryptable",
    message: { kind: "UNDECRYPTABLE", text: null },
  });
  const second = await heard.until(({ events }) => events.event?.message?.id === id);
  expect(second.events.event).toMatchObject({
    type: "message.received",
    message: { kind: "TEXT", text: "garbled at first" },
  });
  expect(await stored(id)).toMatchObject([{ kind: "TEXT", text: "garbled at first" }]);
});

test("a message keeps its uid when it becomes readable", async () => {
  gateway.wa.fault({ kind: "undecryptable", phone: ME });
  // Long enough to look at the message before the retry brings it.
  gateway.wa.fault({ kind: "slow", phone: ME, ms: 300 });
  const { id } = await alice.send(ME, { text: "read later" });
  await heard.until(({ events }) => events.event?.message?.id === id);
  const [unread] = await stored(id);
  expect(unread).toMatchObject({ kind: "UNDECRYPTABLE" });
  await heard.until(({ events }) => events.event?.message?.text === "read later");
  gateway.wa.clearFaults();
  expect(await stored(id)).toMatchObject([{ uid: unread?.uid, kind: "TEXT" }]);
});

test("what is in the log is never told as undecryptable, however often it comes", async () => {
  gateway.wa.fault({ kind: "loseReceipts", phone: ME });
  const { id } = await alice.send(ME, { text: "again and again" });
  await heard.until(({ events }) => events.event?.message?.id === id);
  for (let round = 0; round < 2; round += 1) {
    const opened = (await gateway.events("me", "connection.open")).length;
    gateway.wa.fault({ kind: "drop", phone: ME });
    const isBack = async () => (await gateway.events("me", "connection.open")).length > opened;
    await expect.poll(isBack).toBe(true);
  }
  gateway.wa.clearFaults();
  await expectNextInTime();
  const about = (await gateway.events("me")).filter(({ data }) => data.message?.id === id);
  expect(about.map(({ type }) => type)).toEqual(["message.received"]);
});

test("numbers beyond what GraphQL can tell are not told, and the message is", async () => {
  const huge = 4_294_967_295;
  const contextInfo = { forwardingScore: huge, expiration: huge };
  const text = await alice.send(ME, {
    message: { extendedTextMessage: { text: "passed on", contextInfo } },
  });
  const album = await alice.send(ME, {
    message: { albumMessage: { expectedImageCount: huge, expectedVideoCount: 1 } },
  });
  const media = { mimetype: "video/mp4", width: huge, height: huge, seconds: huge };
  const video = await alice.send(ME, { message: { videoMessage: media } });
  for (const { id } of [text, album, video]) {
    await gateway.event("me", "message.received", isMessage(id));
    await receiver.event("message.received", isMessage(id));
  }
  const { instance } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: Record<string, unknown> }[] } };
  }>(
    `{ instance(id: "me") { messages(first: 3) { edges { node { id forwardingScore disappearsAfter
      media { width duration } ... on AlbumMessage { album { images videos } } } } } } }`,
  );
  const shown = new Map(instance.messages.edges.map(({ node }) => [node["id"], node]));
  expect(shown.get(text.id)).toMatchObject({ forwardingScore: 0, disappearsAfter: null });
  expect(shown.get(album.id)).toMatchObject({ album: { images: 0, videos: 1 } });
  expect(shown.get(video.id)).toMatchObject({ media: { width: null, duration: null } });
});

// Last, because every list that is read after it has five megabytes more.
test("a text of five megabytes is kept, shown everywhere, and holds up nothing", async () => {
  const text = "5 megabytes ".repeat(440_000);
  const { id } = await alice.send(ME, { text });
  await expectShown(id, { kind: "TEXT", text });
  expect(rawOf(id).length).toBeGreaterThan(text.length);
});
