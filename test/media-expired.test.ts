import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { Group } from "../simulator/groups/group.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const PHONE_MS = 500;

let gateway: TestGateway;
let me: Account;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway({ overrides: { engineTimeouts: { phoneMs: PHONE_MS } } });
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

interface Shown {
  readonly id: string;
  readonly uid: string;
  readonly media: { readonly url: string } | null;
}

/** The message that somebody has sent, with the link to its attachment. */
async function shown(id: string): Promise<Shown & { readonly media: { readonly url: string } }> {
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === id);
  const { instance } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: Shown }[] } };
  }>(`{ instance(id: "me") { messages(first: 50) { edges { node {
    id uid ... on ImageMessage { media { url } } ... on DocumentMessage { media { url } } } } } } }`);
  const found = instance.messages.edges.find(({ node }) => node.id === id)?.node;
  if (!found?.media) throw new Error(`${id} has no attachment`);
  return { ...found, media: found.media };
}

async function picture(to: string | Group = ME) {
  const bytes = randomBytes(20_000);
  const { id } = await alice.send(to, { image: { bytes, caption: "old" } });
  return { bytes, ...(await shown(id)) };
}

const read = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
};
const errorOf = async (url: string) => ((await (await fetch(url)).json()) as ErrorReply).error.code;

const asked = () => gateway.wa.stats["mediaRetries"] ?? 0;

test("what WhatsApp keeps no more the phone uploads again, once for all who read it", async () => {
  const { bytes, media } = await picture();
  gateway.wa.expireMedia();
  const before = asked();
  const readers = await Promise.all(Array.from({ length: 8 }, () => read(media.url)));
  for (const reader of readers) expect(reader).toEqual({ status: 200, bytes });
  expect(asked()).toBe(before + 1);
  // The new place is known from now on, also after a restart.
  await gateway.restart();
  await gateway.reaches("me", "OPEN");
  const path = new URL(media.url).pathname;
  expect((await read(`${gateway.url}${path}`)).bytes).toEqual(bytes);
  expect(asked()).toBe(before + 1);
});

test("the same of a group, and of what a phone names by LID", async () => {
  const group = await gateway.wa.group({ subject: "friends", participants: [ALICE, ME] });
  const inGroup = await picture(group);
  const bytes = randomBytes(1_000);
  const { id } = await alice.send(ME, { document: { bytes } }, { addressing: "lid" });
  const byLid = await shown(id);
  gateway.wa.expireMedia();
  expect(await read(inGroup.media.url)).toEqual({ status: 200, bytes: inGroup.bytes });
  expect(await read(byLid.media.url)).toEqual({ status: 200, bytes });
});

test("an expired attachment is sent on once the phone has brought it back", async () => {
  const { bytes, uid } = await picture();
  gateway.wa.expireMedia();
  const { status, body } = await gateway.post<ShownSend>("/instances/me/sendImage", {
    to: ALICE,
    messageUid: uid,
  });
  expect(status).toBe(200);
  const got = await alice.waitFor(({ id }) => id === body.messageId);
  expect(got.bytes).toEqual(bytes);
  const again = await picture();
  gateway.wa.expireMedia();
  const forwarded = await gateway.post<ShownSend>(`/instances/me/messages/${again.id}/forward`, {
    to: ALICE,
  });
  const passedOn = await alice.waitFor(({ id }) => id === forwarded.body.messageId);
  expect(passedOn.bytes).toEqual(again.bytes);
});

test("what the phone does not have either is gone, and the phone is not asked for it again", async () => {
  const { uid, media } = await picture();
  gateway.wa.expireMedia();
  await me.deleteFiles();
  const before = asked();
  const { status } = await read(media.url);
  expect([status, await errorOf(media.url)]).toEqual([410, "MEDIA_GONE"]);
  expect(asked()).toBe(before + 1);
  const refused = await gateway.post<ErrorReply>("/instances/me/sendImage", {
    to: ALICE,
    messageUid: uid,
  });
  expect([refused.status, refused.body.error.code]).toEqual([422, "MEDIA_GONE"]);
});

test("a phone that is silent is waited for, no longer than it may take", async () => {
  const { bytes, media } = await picture();
  gateway.wa.expireMedia();
  gateway.wa.fault({ kind: "silence", phone: ME });
  const began = performance.now();
  const { status } = await read(media.url);
  expect(performance.now() - began).toBeLessThan(PHONE_MS + 5_000);
  expect(status).toBe(502);
  gateway.wa.clearFaults();
  // It is no verdict: the next reader asks again.
  await expect.poll(async () => (await read(media.url)).status).toBe(200);
  expect((await read(media.url)).bytes).toEqual(bytes);
});

test("without a connection nobody can be asked", async () => {
  const { bytes, media } = await picture();
  gateway.wa.expireMedia();
  await gateway.post("/instances/me/stop");
  await gateway.reaches("me", "STOPPED");
  const { status } = await read(media.url);
  expect([status, await errorOf(media.url)]).toEqual([502, "MEDIA_UNREACHABLE"]);
  await gateway.post("/instances/me/start");
  await gateway.reaches("me", "OPEN");
  expect(await read(media.url)).toEqual({ status: 200, bytes });
});
