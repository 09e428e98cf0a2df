import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

let gateway: TestGateway;
let me: Account;
let alice: Account;
let jpeg: Buffer;
beforeAll(async () => {
  gateway = await startTestGateway({ overrides: { engineTimeouts: { queryMs: 400 } } });
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
  const create = { width: 40, height: 20, channels: 3, background: "#088" } as const;
  jpeg = await sharp({ create }).jpeg().toBuffer();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const get = <T>(path: string) => gateway.get<T & ErrorReply>(`/instances/me/${path}`);
const patch = <T>(path: string, body: object) =>
  gateway.patch<T & ErrorReply>(`/instances/me/${path}`, body);

const pictureOf = async (contact: string) =>
  (await get<{ url: string | null }>(`contacts/${contact}/picture`)).body;
const aboutOf = async (contact: string) =>
  (await get<{ about: string | null }>(`contacts/${contact}/about`)).body;

test("the picture of somebody is shown where there is one and they show it", async () => {
  expect(await pictureOf(ALICE)).toEqual({ url: null });
  await alice.changeProfile({ picture: jpeg });
  const { url } = await pictureOf(`+${ALICE}`);
  expect(url).toContain(alice.profile.picture?.id);
  expect(await pictureOf(alice.lid)).toEqual({ url });
  await alice.changeProfile({ privacy: { profile: "none" } });
  expect(await pictureOf(ALICE)).toEqual({ url: null });
});

test("so is the picture of a group, to who is in it", async () => {
  const { body } = await gateway.post<{ groupId: string }>("/instances/me/groups", {
    subject: "Us",
    participants: [],
  });
  expect(await pictureOf(body.groupId)).toEqual({ url: null });
  const base64 = jpeg.toString("base64");
  await gateway.post(`/instances/me/groups/${body.groupId}/picture`, { base64 });
  expect((await pictureOf(body.groupId)).url).toMatch(/^https:/);
  const other = await gateway.wa.group({ subject: "Them", participants: [ALICE] });
  expect(await pictureOf(other.jid)).toEqual({ url: null });
});

test("what somebody says about themselves is told, and since when", async () => {
  await alice.changeProfile({ about: "At work 🛠" });
  expect(await aboutOf(ALICE)).toEqual({
    about: "At work 🛠",
    since: expect.stringMatching(/^20.*Z$/) as string,
  });
  await alice.changeProfile({ privacy: { status: "none" } });
  expect(await aboutOf(alice.lid)).toEqual({ about: null, since: null });
});

test("silence is not taken for having no picture", async () => {
  await gateway.post("/instances/me/contacts/check", { phones: [ALICE] });
  gateway.wa.fault({ kind: "silence", phone: ME, ms: 60_000 });
  const asked = ["picture", "about"].map((what) => get(`contacts/${ALICE}/${what}`));
  const own = get(`contacts/${me.lid}/picture`);
  const codes = (await Promise.all([...asked, own])).map(({ body }) => body.error.code);
  gateway.wa.clearFaults();
  expect(codes).toEqual(["UNAVAILABLE", "UNAVAILABLE", "UNAVAILABLE"]);
});

test("the account says about itself what it is told to", async () => {
  const { status, body } = await patch("profile", { about: "A gateway" });
  expect([status, body]).toEqual([200, { about: "A gateway" }]);
  expect(me.profile.about).toBe("A gateway");
  const long = await patch("profile", { about: "x".repeat(140) });
  expect([long.status, long.body.error.code]).toEqual([400, "BAD_INPUT"]);
});

test("the account shows the middle of the picture that it is given, until it is taken away", async () => {
  const path = "/instances/me/profile/picture";
  expect((await gateway.post(path, { base64: jpeg.toString("base64") })).status).toBe(204);
  expect(await sharp(me.profile.picture?.jpeg).metadata()).toMatchObject({
    format: "jpeg",
    width: 640,
    height: 640,
  });
  expect((await pictureOf(ME)).url).toContain(me.profile.picture?.id);
  const words = Buffer.from("words").toString("base64");
  const wrong = await gateway.post<ErrorReply>(path, { base64: words });
  expect([wrong.status, wrong.body.error.code]).toEqual([422, "MEDIA_INVALID"]);
  expect((await gateway.delete(path)).status).toBe(204);
  expect(me.profile.picture).toBeUndefined();
});

test("privacy settings are read and changed, and only as WhatsApp has them", async () => {
  const everyone = {
    lastSeen: "EVERYONE",
    online: "EVERYONE",
    picture: "EVERYONE",
    about: "EVERYONE",
    readReceipts: "EVERYONE",
    groupAdd: "EVERYONE",
    calls: "EVERYONE",
  };
  expect((await get("privacy")).body).toEqual(everyone);
  const change = { lastSeen: "CONTACTS_EXCEPT", online: "SAME_AS_LAST_SEEN", calls: "KNOWN" };
  const { status, body } = await patch("privacy", change);
  expect([status, body]).toEqual([200, { ...everyone, ...change }]);
  expect(me.profile.privacy).toMatchObject({
    last: "contact_blacklist",
    online: "match_last_seen",
    calladd: "known",
    groupadd: "all",
  });
  expect((await patch("privacy", {})).status).toBe(400);
  expect((await patch("privacy", { calls: "NOBODY" })).status).toBe(400);
  const { updatePrivacy } = await gateway.graphql<{ updatePrivacy: object }>(
    `mutation { updatePrivacy(input: { instanceId: "me", readReceipts: KNOWN }) {
      ... on Error { code message } } }`,
  );
  expect(updatePrivacy).toMatchObject({ code: "BAD_INPUT" });
});

test("who hides what they read tells nobody, also right after they began to", async () => {
  const { id } = await alice.send(ME, { text: "hello" });
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === id);
  const read = () => gateway.post(`/instances/me/chats/${ALICE}/read`, { messageIds: [id] });
  const reads = () => alice.receipts.filter(({ type }) => type === "read").length;
  await read();
  await expect.poll(reads).toBe(1);
  expect((await patch("privacy", { readReceipts: "NOBODY" })).status).toBe(200);
  await read();
  // What comes after it on the same line is there, so it is too.
  await gateway.post("/instances/me/sendMessage", { to: ALICE, message: "a mark" });
  expect(reads()).toBe(1);
});
