import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account, ReceivedMessage } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { jpeg } from "./support/files.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownEvent, ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

let gateway: TestGateway;
let alice: Account;
let bob: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
  bob = await gateway.wa.account(BOB, { name: "Bob" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const about =
  (id: string) =>
  ({ data }: ShownEvent): boolean =>
    data.message?.id === id;

const post = <T = ShownSend>(path: string, body: object) =>
  gateway.post<T>(`/instances/me/${path}`, body);

async function arrives(to: Account, path: string, body: object): Promise<ReceivedMessage> {
  const answer = await post(path, body);
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return to.waitFor(({ id }) => id === answer.body.messageId);
}

const said = async (id: string) =>
  (await gateway.event("me", "message.sent", about(id))).data.message;

async function received(content: Parameters<Account["send"]>[1]): Promise<string> {
  const { id } = await alice.send(ME, content);
  await gateway.event("me", "message.received", about(id));
  return id;
}

test("an answer quotes the message as it was, in its chat and in another", async () => {
  const id = await received({ image: { bytes: await jpeg(), caption: "see" } });
  const here = await arrives(alice, "sendMessage", { to: ALICE, message: "seen", quotedId: id });
  expect(here).toMatchObject({ quotedId: id, quotedType: "image" });
  expect(here.quotedChat).toBeUndefined();
  const there = await arrives(bob, "sendMessage", { to: BOB, message: "look", quotedId: id });
  expect(there).toMatchObject({ quotedId: id, quotedType: "image", quotedChat: alice.jid });
  expect(await said(there.id)).toMatchObject({ quotedId: id });
});

test("captions name people, texts everybody in a group", async () => {
  const group = await gateway.wa.group({ subject: "Us", participants: [ME, ALICE, BOB] });
  const picture = (await jpeg()).toString("base64");
  const named = await arrives(alice, "sendImage", {
    to: group.jid,
    base64: picture,
    caption: `@${BOB}`,
    mentions: [BOB],
  });
  expect(named).toMatchObject({ type: "image", mentions: [BOB] });
  const all = await arrives(alice, "sendMessage", {
    to: group.jid,
    message: "all",
    mentionAll: true,
  });
  expect(all).toMatchObject({ mentionsAll: true });
  expect(await said(all.id)).toMatchObject({ mentionsAll: true });
  await alice.send(group, {
    message: { extendedTextMessage: { text: "you all", contextInfo: { nonJidMentions: 1 } } },
  });
  const { data } = await gateway.event(
    "me",
    "message.received",
    ({ data: { message } }) => message?.text === "you all",
  );
  expect(data.message).toMatchObject({ mentionsAll: true });
});

const keyed = (body: object) =>
  gateway.post<ShownSend & ErrorReply>(
    "/instances/me/sendMessage",
    { to: ALICE, message: "keyed", ...body },
    { "idempotency-key": "named" },
  );

test("a key stands for whom a text names and how long it stays, too", async () => {
  const first = await keyed({ disappearsAfter: 86_400 });
  expect(first.status).toBe(200);
  expect((await keyed({ disappearsAfter: 86_400 })).body.messageId).toBe(first.body.messageId);
  expect((await keyed({})).body.error.code).toBe("IDEMPOTENCY_MISMATCH");
  expect((await keyed({ mentions: [BOB] })).body.error.code).toBe("IDEMPOTENCY_MISMATCH");
});

test("what is to disappear says so", async () => {
  const got = await arrives(alice, "sendMessage", {
    to: ALICE,
    message: "soon gone",
    disappearsAfter: 86_400,
  });
  expect(got).toMatchObject({ disappearsAfter: 86_400 });
  expect(await said(got.id)).toMatchObject({ disappearsAfter: 86_400 });
});

test.each([
  ["a text", { text: "pass me on" }, { type: "text", text: "pass me on" }],
  ["a place", { location: { latitude: 1, longitude: 2 } }, { type: "location" }],
])("%s is passed on, and says how often it was", async (_what, content, expected) => {
  const id = await received(content);
  const got = await arrives(bob, `messages/${id}/forward`, { to: BOB });
  expect(got).toMatchObject({ ...expected, forwardingScore: 1 });
  expect(await said(got.id)).toMatchObject({ forwardingScore: 1, fromMe: true });
});

test("a picture is passed on without being uploaded again", async () => {
  const bytes = await jpeg();
  const id = await received({ image: { bytes, caption: "see" } });
  const got = await arrives(bob, `messages/${id}/forward`, { to: BOB });
  expect(got).toMatchObject({ type: "image", caption: "see", forwardingScore: 1 });
  expect(got.bytes?.equals(bytes)).toBe(true);
  expect(await said(got.id)).toMatchObject({
    kind: "IMAGE",
    text: "see",
    media: { size: bytes.length },
  });
  // What the account sent itself goes on as new.
  const own = await arrives(alice, "sendMessage", { to: ALICE, message: "my own" });
  const again = await arrives(bob, `messages/${own.id}/forward`, { to: BOB });
  expect(again.forwardingScore).toBeUndefined();
});

const poll = (): Promise<string> => received({ poll: { question: "?", options: ["a", "b"] } });

async function seenOnce(): Promise<string> {
  const text = { text: "once" };
  return received({
    message: { viewOnceMessageV2: { message: { extendedTextMessage: text } } },
  });
}

test.each([
  ["what is to be seen once", seenOnce, 400, "BAD_INPUT"],
  ["what is not there", (): string => "3EB0NOTHERE", 404, "MESSAGE_NOT_FOUND"],
  ["a poll", poll, 400, "BAD_INPUT"],
] as const)("%s is not passed on", async (_what, given, status, code) => {
  const answer = await post<ErrorReply>(`messages/${await given()}/forward`, { to: BOB });
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});

test.each([
  ["everybody in a chat of two", { mentionAll: true }],
  ["a time that phones do not offer", { disappearsAfter: 60 }],
  ["nobody by a name", { mentions: ["Alice"] }],
])("%s is refused", async (_what, body) => {
  const answer = await post<ErrorReply>("sendMessage", { to: ALICE, message: "x", ...body });
  expect([answer.status, answer.body.error.code]).toEqual([400, "BAD_INPUT"]);
});
