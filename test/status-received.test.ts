import { afterAll, beforeAll, expect, test } from "vitest";
import { STATUS_FEED } from "../src/domain/address.ts";
import type { Account } from "../simulator/index.ts";
import { jpeg } from "./support/files.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownEvent, ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

let gateway: TestGateway;
let me: Account;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const about =
  (id: string) =>
  ({ data }: ShownEvent): boolean =>
    data["messageId"] === id || data.message?.id === id;

const viewers = [ME];

test("what contacts post is received as theirs, in the chat of all statuses", async () => {
  const { id } = await alice.send(STATUS_FEED, { text: "at the sea" }, { viewers });
  const { data } = await gateway.event("me", "message.received", about(id));
  expect(data.message).toMatchObject({
    chat: { id: STATUS_FEED },
    sender: { id: alice.lid, pn: alice.jid, name: "Alice" },
    fromMe: false,
    kind: "TEXT",
    text: "at the sea",
  });
  const path = `/instances/me/chats/${encodeURIComponent(STATUS_FEED)}`;
  expect((await gateway.get(path)).body).toMatchObject({ kind: "STATUS", unreadCount: 1 });
});

test("its picture can be had, and it is gone when its author takes it away", async () => {
  const bytes = await jpeg();
  const { id } = await alice.send(STATUS_FEED, { image: { bytes, caption: "see" } }, { viewers });
  const { data } = await gateway.event("me", "message.received", about(id));
  expect(data.message).toMatchObject({ kind: "IMAGE", text: "see", chat: { id: STATUS_FEED } });
  const got = await fetch(String(data.message?.media?.["url"]));
  expect(Buffer.from(await got.arrayBuffer())).toEqual(bytes);
  await alice.send(STATUS_FEED, { deletion: { id, from: ALICE } }, { viewers });
  const deleted = await gateway.event("me", "message.deleted", about(id));
  expect(deleted.data).toMatchObject({ chatId: STATUS_FEED, fromMe: false });
});

test("what the account posts on its phone is its own", async () => {
  const { id } = await me.send(STATUS_FEED, { text: "closed today" }, { viewers: [ALICE] });
  const { data } = await gateway.event("me", "message.sent", about(id));
  expect(data.message).toMatchObject({ chat: { id: STATUS_FEED }, fromMe: true });
});

test("an answer to it goes to its author, and never to everybody", async () => {
  const { id } = await alice.send(STATUS_FEED, { text: "who comes along?" }, { viewers });
  await gateway.event("me", "message.received", about(id));
  const send = (body: object) => gateway.post<ShownSend>("/instances/me/sendMessage", body);
  const wrong = await send({ to: STATUS_FEED, message: "me" });
  expect(wrong).toMatchObject({ status: 400, body: { error: { code: "INVALID_RECIPIENT" } } });
  const { status } = await send({ to: alice.lid, message: "me", quotedId: id });
  expect(status).toBe(200);
  const answer = await alice.waitFor(({ text }) => text === "me");
  expect(answer).toMatchObject({ from: ME, quotedId: id });
});

test("one that waited for the account comes, and none while they are ignored", async () => {
  await gateway.stop();
  const { id } = await alice.send(STATUS_FEED, { text: "while you slept" }, { viewers });
  await gateway.start();
  const { data } = await gateway.event("me", "message.received", about(id));
  expect(data.message).toMatchObject({ chat: { id: STATUS_FEED }, text: "while you slept" });
  await gateway.patch("/instances/me/settings", { ignoreStatus: true });
  const unheard = await alice.send(STATUS_FEED, { text: "unheard" }, { viewers });
  const last = await alice.send(ME, { text: "that is all" });
  await gateway.event("me", "message.received", about(last.id));
  const heard = await gateway.events("me", "message.received");
  expect(heard.some(about(unheard.id))).toBe(false);
});
