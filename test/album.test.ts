import { readFile } from "node:fs/promises";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { jpeg } from "./support/files.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownEvent, ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

interface ShownAlbum extends ShownSend {
  readonly items: readonly { readonly messageId: string; readonly status: string }[];
}

let gateway: TestGateway;
let alice: Account;
let picture: { readonly kind: string; readonly base64: string };
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
  picture = { kind: "IMAGE", base64: (await jpeg()).toString("base64") };
}, 90_000);
afterAll(() => gateway[Symbol.asyncDispose]());

const send = <T = ShownAlbum>(items: readonly object[], more: object = {}, headers = {}) =>
  gateway.post<T>("/instances/me/sendAlbum", { to: ALICE, items, ...more }, headers);

const arrival = (id: string | undefined) => alice.waitFor((message) => message.id === id);

interface Stored {
  readonly id: string;
  readonly kind: string;
  readonly albumId: string | null;
}

async function stored(): Promise<readonly Stored[]> {
  const { messages } = await gateway.graphql<{ messages: { edges: readonly { node: Stored }[] } }>(
    `{ messages(instanceId: "me", first: 100) { edges { node { id kind albumId } } } }`,
  );
  return messages.edges.map(({ node }) => node);
}

test("an album arrives with its pictures and videos, in their order", async () => {
  const film = (await readFile("test/fixtures/film.mp4")).toString("base64");
  const items = [
    { ...picture, caption: "first" },
    { kind: "VIDEO", base64: film, caption: "second" },
    { ...picture, caption: "third" },
  ];
  const { status, body } = await send(items);
  expect([status, body.items.length, body.to]).toEqual([200, 3, alice.jid]);
  const { messageId: id } = body;
  expect(await arrival(id)).toMatchObject({ type: "album", album: { images: 2, videos: 1 } });
  const [first, second, third] = body.items;
  expect(await arrival(first?.messageId)).toMatchObject({ caption: "first", albumId: id });
  expect(await arrival(second?.messageId)).toMatchObject({ type: "video", albumId: id });
  expect(await arrival(third?.messageId)).toMatchObject({ caption: "third", albumId: id });
  const order = alice.received.map((message) => message.id);
  const places = [id, ...body.items.map(({ messageId }) => messageId)].map((each) =>
    order.indexOf(each),
  );
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  const told = await gateway.event(
    "me",
    "message.sent",
    ({ data }: ShownEvent) => data.message?.id === third?.messageId,
  );
  expect(told.data.message).toMatchObject({ kind: "IMAGE", albumId: id });
  expect((await stored()).filter(({ albumId }) => albumId === id)).toHaveLength(3);
});

test("an album waits while the account is offline, and what is refused of it fails alone", async () => {
  await gateway.post("/instances/me/stop");
  const waiting = await gateway.graphql<{
    sendAlbum: { id: string; items: readonly { id: string }[] };
  }>(
    `mutation ($input: SendAlbumInput!) { sendAlbum(input: $input) {
      ... on SentAlbum { id items { id } } } }`,
    {
      input: {
        instanceId: "me",
        to: ALICE,
        waitFor: "QUEUED",
        items: [picture, picture].map(({ kind, base64 }) => ({ kind, media: { base64 } })),
      },
    },
  );
  const { id, items } = waiting.sendAlbum;
  expect(items).toHaveLength(2);
  await gateway.post("/instances/me/start");
  await arrival(id);
  await arrival(items[0]?.id);
  await arrival(items[1]?.id);
  gateway.wa.fault({ kind: "ackError", phone: ME, code: 479, count: 1 });
  const { status, body } = await send([picture, picture]);
  // The first stanza is the message that begins the album.
  expect([status, body.status]).toEqual([200, "FAILED"]);
  for (const { messageId } of body.items) await arrival(messageId);
});

const files = () => readdirSync(join(gateway.dataDir, "outbox"));

test("an album is stored whole or not at all, and leaves no file behind", async () => {
  const before = (await stored()).length;
  const broken = { kind: "IMAGE", base64: Buffer.from("no picture").toString("base64") };
  const { status, body } = await send<ErrorReply>([picture, picture, broken]);
  expect([status, body.error.code]).toEqual([422, "MEDIA_INVALID"]);
  expect((await stored()).length).toBe(before);
  await expect.poll(files).toEqual([]);
});

test("a key sends an album once, and is answered with all of it", async () => {
  const key = { "idempotency-key": "album" };
  const [first, second] = [
    await send([picture, picture], {}, key),
    await send([picture, picture], {}, key),
  ];
  expect(second.body.messageId).toBe(first.body.messageId);
  expect(second.body.items.map(({ messageId }) => messageId)).toEqual(
    first.body.items.map(({ messageId }) => messageId),
  );
  const other = await send<ErrorReply>([picture, picture, picture], {}, key);
  expect(other.body.error.code).toBe("IDEMPOTENCY_MISMATCH");
});

test.each([1, 31])("an album of %d is refused", async (count) => {
  const { status, body } = await send<ErrorReply>(Array.from({ length: count }, () => picture));
  expect([status, body.error.code]).toEqual([400, "BAD_INPUT"]);
});

test("the album of somebody else is known by its id", async () => {
  const begun = await alice.send(ME, {
    message: { albumMessage: { expectedImageCount: 2, expectedVideoCount: 0 } },
    kind: "media",
  });
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === begun.id);
  const parentMessageKey = { id: begun.id, remoteJid: alice.jid, fromMe: true };
  const child = await alice.send(ME, {
    message: {
      imageMessage: { mimetype: "image/jpeg", url: "https://127.0.0.1/a" },
      messageContextInfo: { messageAssociation: { associationType: 1, parentMessageKey } },
    },
    kind: "media",
  });
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === child.id);
  const found = (await stored()).filter(({ id }) => id === begun.id || id === child.id);
  expect(found).toEqual(
    expect.arrayContaining([
      { id: begun.id, kind: "ALBUM", albumId: null },
      { id: child.id, kind: "IMAGE", albumId: begun.id },
    ]),
  );
});
