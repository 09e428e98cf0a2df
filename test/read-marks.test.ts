import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account, Group } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

interface ShownMarks {
  readonly chat: { readonly id: string };
  readonly messageIds: readonly string[];
}

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
let group: Group;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
  bob = await gateway.wa.account(BOB);
  group = await gateway.wa.group({ subject: "Us", participants: [ALICE, BOB, ME] });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const mark = (chat: string, what: "read" | "played", messageIds?: readonly string[]) =>
  gateway.post<ShownMarks & ErrorReply>(
    `/instances/me/chats/${encodeURIComponent(chat)}/${what}`,
    messageIds && { messageIds },
  );

/** Writes, and waits until the gateway has it. */
async function received(from: Account, to: string | Group, text: string): Promise<string> {
  const { id } = await from.send(to, { text });
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === id);
  return id;
}

/** What the phone was told of its messages, beside that they were delivered. */
const confirmed = (account: Account) =>
  account.receipts.filter(({ type }) => type !== "delivered").flatMap(({ ids }) => ids);

const readsIn = (account: Account, { jid }: Group) =>
  account.receipts.filter(({ chat, type }) => chat === jid && type === "read");

test("who wrote is told that their messages were read, by number or LID", async () => {
  const first = await received(alice, ME, "one");
  const second = await received(alice, ME, "two");
  const { status, body } = await mark(ALICE, "read", [first]);
  expect([status, body]).toEqual([
    200,
    { chat: { id: alice.lid, pn: alice.jid, lid: alice.lid }, messageIds: [first] },
  ]);
  expect((await mark(alice.lid, "read", [second])).status).toBe(200);
  await expect.poll(() => confirmed(alice)).toEqual([first, second]);
  expect(alice.receipts).toContainEqual({ from: ME, chat: ME, ids: [second], type: "read" });
});

test("what was marked as read is unread no more, what came after it is", async () => {
  const unread = async () => {
    const path = `/instances/me/chats/${encodeURIComponent(alice.lid)}`;
    return (await gateway.get<{ unreadCount: number }>(path)).body.unreadCount;
  };
  const read = await received(alice, ME, "read me");
  await received(alice, ME, "and me later");
  await mark(ALICE, "read", [read]);
  expect(await unread()).toBe(1);
  const { data } = await gateway.event(
    "me",
    "chat.update",
    (event) => event.data["unreadCount"] === 1,
  );
  expect(data).toMatchObject({ chat: { id: alice.lid } });
  await mark(ALICE, "read");
  expect(await unread()).toBe(0);
});

test("without ids the newest that were received are read, and none of one's own", async () => {
  const id = await received(bob, ME, "hello");
  const sent = await gateway.post("/instances/me/sendMessage", { to: BOB, message: "hi" });
  expect(sent.status).toBe(200);
  const { body } = await mark(BOB, "read");
  expect(body.messageIds).toEqual([id]);
  await expect.poll(() => confirmed(bob)).toEqual([id]);
  expect((await mark(me.jid, "read")).body.messageIds).toEqual([]);
});

test("in a group each sender is told of their own, in one receipt each", async () => {
  const ids = [
    await received(alice, group, "a"),
    await received(bob, group, "b"),
    await received(alice, group, "c"),
  ];
  const { body } = await mark(group.jid, "read");
  expect(body.messageIds.toSorted()).toEqual(ids.toSorted());
  await expect
    .poll(() => readsIn(bob, group))
    .toEqual([{ from: ME, chat: group.jid, ids: [ids[1]], type: "read" }]);
  const [ofAlice, ...others] = readsIn(alice, group);
  expect(others).toEqual([]);
  expect(ofAlice?.ids.toSorted()).toEqual(ids.filter((id) => id !== ids[1]).toSorted());
});

test("voice notes are played, texts are not", async () => {
  const bytes = Buffer.from("sound");
  const { id } = await alice.send(ME, { audio: { bytes } });
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === id);
  expect((await mark(ALICE, "played", [id])).status).toBe(200);
  const played = { from: ME, chat: ME, ids: [id], type: "played" };
  await expect.poll(() => alice.receipts).toContainEqual(played);
  const text = await received(alice, ME, "a text");
  const { status, body } = await mark(ALICE, "played", [id, text]);
  expect([status, body.error.code]).toEqual([400, "BAD_INPUT"]);
});

test("an id of another chat, or of one's own message, is not confirmed, and then nothing is", async () => {
  const mine = await received(alice, ME, "for me");
  const theirs = await received(bob, ME, "from bob");
  const count = confirmed(alice).length + confirmed(bob).length;
  const { body: own } = await gateway.post<{ messageId: string }>("/instances/me/sendMessage", {
    to: ALICE,
    message: "my own",
  });
  for (const wrong of [theirs, own.messageId, "3EB0NOTHING"]) {
    const { status, body } = await mark(ALICE, "read", [mine, wrong]);
    expect([status, body.error.code]).toEqual([404, "MESSAGE_NOT_FOUND"]);
    expect(body.error.message).toContain(wrong);
  }
  const tooMany = Array.from({ length: 257 }, (_, n) => `id-${n}`);
  expect((await mark(ALICE, "read", tooMany)).status).toBe(400);
  expect((await mark(ALICE, "read", [])).status).toBe(400);
  // A last mark comes after whatever the others would have sent.
  await mark(ALICE, "read", [mine]);
  await expect.poll(() => confirmed(alice).at(-1)).toBe(mine);
  expect(confirmed(alice).length + confirmed(bob).length).toBe(count + 1);
});
