import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
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

const path = (id: string) => `/instances/me/messages/${id}`;
const edit = <T = ShownSend>(id: string, body: object, headers = {}) =>
  gateway.send<T>("PATCH", path(id), {
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const remove = <T = ShownSend>(id: string, query = "") =>
  gateway.send<T>("DELETE", `${path(id)}${query}`, {});
const react = <T = ShownSend>(id: string, body: object, headers = {}) =>
  gateway.post<T>(`${path(id)}/reaction`, body, headers);

async function sent(text: string, to: string = ALICE): Promise<string> {
  const { body } = await gateway.post<ShownSend>("/instances/me/sendMessage", {
    to,
    message: text,
  });
  return body.messageId;
}

interface Stored {
  readonly id: string;
  readonly text: string | null;
  readonly kind: string;
  readonly editedAt: string | null;
  readonly deletedAt: string | null;
  readonly reactions: readonly object[];
}

async function messages(): Promise<readonly Stored[]> {
  const { instance } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: Stored }[] } };
  }>(
    `{ instance(id: "me") { messages(first: 100) { edges { node {
      id text kind editedAt deletedAt reactions { emoji fromMe } } } } } }`,
  );
  return instance.messages.edges.map(({ node }) => node);
}
const stored = async (id: string) => (await messages()).find((message) => message.id === id);

const about =
  (id: string) =>
  ({ data }: ShownEvent): boolean =>
    data["messageId"] === id || data.message?.id === id;

test("an edit arrives, is told, and the message reads so", async () => {
  const id = await sent("teh text");
  const { status, body } = await edit(id, { message: "the text" });
  expect([status, body]).toMatchObject([200, { messageId: id, to: alice.jid }]);
  const got = await alice.waitFor(({ targetId, type }) => type === "edited" && targetId === id);
  expect(got).toMatchObject({ text: "the text", from: ME });
  const { data } = await gateway.event("me", "message.edited", about(id));
  expect(data.message).toMatchObject({ id, text: "the text", fromMe: true });
  expect(await stored(id)).toMatchObject({
    text: "the text",
    editedAt: expect.any(String) as string,
  });
});

test("a reaction arrives, replaces the one before, and is taken back", async () => {
  const { id } = await alice.send(ME, { text: "nice" });
  await gateway.event("me", "message.received", about(id));
  expect(await react(id, { emoji: "👍" })).toMatchObject({ status: 200 });
  await alice.waitFor(({ targetId, text }) => targetId === id && text === "👍");
  expect(await stored(id)).toMatchObject({ reactions: [{ emoji: "👍", fromMe: true }] });
  expect(await react(id, { emoji: "❤" })).toMatchObject({ status: 200 });
  expect(await stored(id)).toMatchObject({ reactions: [{ emoji: "❤", fromMe: true }] });
  expect(await react(id, {})).toMatchObject({ status: 200 });
  await alice.waitFor(({ targetId, text }) => targetId === id && text === "");
  expect(await stored(id)).toMatchObject({ reactions: [] });
  const told = (await gateway.events("me", "message.reaction")).filter(about(id));
  expect(told.map(({ data }) => [data["emoji"], data["fromMe"]])).toEqual([
    ["👍", true],
    ["❤", true],
    [null, true],
  ]);
});

test("a deletion arrives, and what the message said is kept", async () => {
  const id = await sent("oops");
  expect(await remove(id)).toMatchObject({ status: 200, body: { messageId: id } });
  await alice.waitFor(({ targetId, type }) => type === "deleted" && targetId === id);
  const { data } = await gateway.event("me", "message.deleted", about(id));
  expect(data).toMatchObject({ messageId: id, fromMe: true });
  expect(await stored(id)).toMatchObject({ text: "oops", deletedAt: expect.any(String) as string });
  const { body } = await edit<ErrorReply>(id, { message: "still here" });
  expect(body.error.code).toBe("TOO_LATE");
});

test("in groups changes name who wrote the message, and an admin's deletion is one", async () => {
  const group = await gateway.wa.group({ subject: "Us", participants: [ME, ALICE, BOB] });
  const { id } = await bob.send(group, { text: "bob's" });
  await gateway.event("me", "message.received", about(id));
  expect(await react(id, { emoji: "🎉" })).toMatchObject({ status: 200 });
  await alice.waitFor(({ targetId, text }) => targetId === id && text === "🎉");
  expect(await remove(id)).toMatchObject({ status: 200 });
  await alice.waitFor(({ targetId, type }) => type === "deleted" && targetId === id);
});

test("changes are no messages of their own, and no other status tells of them", async () => {
  const before = (await messages()).length;
  const id = await sent("plain");
  await react(id, { emoji: "👌" });
  await edit(id, { message: "plainer" });
  expect((await messages()).length).toBe(before + 1);
  const sends = (await gateway.events("me", "message.sent")).filter(about(id));
  expect(sends).toHaveLength(1);
  expect(
    (await gateway.get<object[]>("/events?type=message.failed&instanceId=me")).body,
  ).toMatchObject({
    events: [],
  });
});

test("a refused change is told to its caller, and changes nothing", async () => {
  const id = await sent("refuse me");
  gateway.wa.fault({ kind: "ackError", phone: ME, code: 479, count: 1 });
  const { status, body } = await react<ErrorReply>(id, { emoji: "🙈" });
  expect([status, body.error.code]).toEqual([422, "SEND_REJECTED"]);
  expect(await stored(id)).toMatchObject({ reactions: [] });
  const failed = await gateway.event(
    "me",
    "message.status",
    ({ data }) => data["status"] === "FAILED",
  );
  expect(failed.data).toMatchObject({ chatId: alice.lid, previous: "SENDING" });
});

test("a change is made once for one key", async () => {
  const id = await sent("once");
  const key = { "idempotency-key": "react-once" };
  const calls = await Promise.all([1, 2, 3].map(() => react(id, { emoji: "1️⃣" }, key)));
  expect(calls.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await gateway.events("me", "message.reaction")).filter(about(id))).toHaveLength(1);
  expect(await react<ErrorReply>(id, { emoji: "2️⃣" }, key)).toMatchObject({ status: 422 });
});

test("a change waits while the account is offline, in order behind the message", async () => {
  await gateway.graphql(`mutation { stopInstance(id: "me") { __typename } }`);
  await gateway.reaches("me", "STOPPED");
  const { sendText } = await gateway.graphql<{ sendText: { id: string } }>(
    `mutation { sendText(input: {instanceId: "me", to: "${ALICE}", text: "later", waitFor: QUEUED}) {
      ... on Message { id } } }`,
  );
  const { editMessage } = await gateway.graphql<{ editMessage: { status: string } }>(
    `mutation { editMessage(input: {instanceId: "me", messageId: "${sendText.id}", text: "much later", waitFor: QUEUED}) {
      ... on MessageChange { status target { text } } ... on Error { code message } } }`,
  );
  expect(editMessage).toEqual({ status: "QUEUED", target: { text: "later" } });
  await gateway.post("/instances/me/restart", {});
  await gateway.event("me", "message.edited", about(sendText.id));
  const seen = alice.received.filter(({ id, targetId }) => [id, targetId].includes(sendText.id));
  expect(seen.map(({ type }) => type)).toEqual(["text", "edited"]);
});

test.each([
  ["what is not there", () => edit("3EB0NOTHERE", { message: "x" }), 404, "MESSAGE_NOT_FOUND"],
  ["nothing to say", async () => edit(await sent("a"), { message: " " }), 400, "BAD_INPUT"],
  ["two emoji", async () => react(await sent("b"), { emoji: "👍👍" }), 400, "BAD_INPUT"],
  ["a word for an emoji", async () => react(await sent("c"), { emoji: "ok" }), 400, "BAD_INPUT"],
  [
    "what others wrote, edited",
    async () => edit(await received(), { message: "x" }),
    400,
    "BAD_INPUT",
  ],
  ["what others wrote, deleted", async () => remove(await received()), 400, "BAD_INPUT"],
  [
    "another chat's",
    async () => remove(await sent("d"), `?chatId=${BOB}@s.whatsapp.net`),
    404,
    "MESSAGE_NOT_FOUND",
  ],
  [
    "a field that there is not",
    async () => react(await sent("e"), { emojy: "👍" }),
    400,
    "BAD_INPUT",
  ],
] as const)("%s is refused", async (_what, call, status, code) => {
  const answer = await call();
  const { error } = answer.body as unknown as ErrorReply;
  expect([answer.status, error.code]).toEqual([status, code]);
});

async function received(): Promise<string> {
  const { id } = await alice.send(ME, { text: "hers" });
  await gateway.event("me", "message.received", about(id));
  return id;
}

test("of two messages with one id the caller has to say which", async () => {
  const id = "3EB0FACADE";
  await alice.send(ME, { text: "hers" }, { id });
  await bob.send(ME, { text: "his" }, { id });
  await expect
    .poll(async () => (await gateway.events("me", "message.received")).filter(about(id)))
    .toHaveLength(2);
  const { body } = await react<ErrorReply>(id, { emoji: "👍" });
  expect([body.error.code, body.error.message]).toEqual([
    "BAD_INPUT",
    expect.stringContaining("chatId"),
  ]);
  expect(await react(id, { emoji: "👍", chatId: bob.jid })).toMatchObject({ status: 200 });
  await bob.waitFor(({ targetId }) => targetId === id);
});
