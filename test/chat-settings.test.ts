import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import type { ShownEvent } from "./support/shown.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

interface ShownChat {
  readonly id: string;
  readonly unreadCount: number;
  readonly archived: boolean;
  readonly pinnedAt: string | null;
  readonly muted: boolean;
  readonly mutedUntil: string | null;
  readonly markedUnread: boolean;
}

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
  bob = await gateway.wa.account(BOB);
  await received(alice, "hello");
  await received(bob, "hi");
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function received(from: Account, text: string): Promise<string> {
  const { id } = await from.send(ME, { text });
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === id);
  return id;
}

const path = ({ lid }: Account) => `/instances/me/chats/${encodeURIComponent(lid)}`;
const chat = async (of: Account) => (await gateway.get<ShownChat>(path(of))).body;
const update = (of: Account, body: object) => gateway.patch<ShownChat & ErrorReply>(path(of), body);
const agreed = (index: string) =>
  me.agreed.find((entry) => entry.index.join(" ") === index)?.action;
const shown = async (filter: string) =>
  (await gateway.get<ShownChat[]>(`/instances/me/chats?${filter}`)).body.map(({ id }) => id);

test("what is done over REST the phone sees, and the chat is so", async () => {
  const { status, body } = await update(alice, { pinned: true, mutedUntil: TOMORROW });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    id: alice.lid,
    pinnedAt: expect.any(String) as string,
    muted: true,
    mutedUntil: TOMORROW,
    archived: false,
  });
  await expect.poll(() => agreed(`pin_v1 ${alice.lid}`)?.pinAction?.pinned).toBe(true);
  expect(agreed(`mute ${alice.lid}`)?.muteAction?.muted).toBe(true);

  // What is put away is pinned no more.
  expect((await update(alice, { archived: true })).body).toMatchObject({
    archived: true,
    pinnedAt: null,
  });
  await expect.poll(() => agreed(`pin_v1 ${alice.lid}`)?.pinAction?.pinned).toBe(false);
  const { archived, messageRange } = agreed(`archive ${alice.lid}`)?.archiveChatAction ?? {};
  expect([archived, messageRange?.messages?.length]).toEqual([true, 1]);
  expect(await shown("archived=true")).toEqual([alice.lid]);
  expect(await shown("archived=false")).not.toContain(alice.lid);

  expect((await update(alice, { archived: false, muted: false })).body).toMatchObject({
    archived: false,
    muted: false,
    mutedUntil: null,
  });
  expect((await update(alice, { muted: true })).body).toMatchObject({
    muted: true,
    mutedUntil: null,
  });
  await expect
    .poll(() => Number(agreed(`mute ${alice.lid}`)?.muteAction?.muteEndTimestamp))
    .toBe(-1);
  expect(me.unreadable).toBe(0);
});

test("what the phone does is told, by number or LID, and outlives a restart", async () => {
  await me.act({ archive: true, chat: bob.jid });
  await me.act({ mute: Date.parse(TOMORROW), chat: bob.lid });
  await me.act({ markRead: false, chat: bob.jid });
  await me.act({ pin: true, chat: bob.jid });
  const ofBob = ({ data: told }: ShownEvent) =>
    told["pinned"] === true && (told["chat"] as { id: string }).id === bob.lid;
  const { data } = await gateway.event("me", "chat.update", ofBob);
  expect(data).toMatchObject({ chat: { id: bob.lid }, archived: null, deleted: false });
  const known = {
    archived: true,
    muted: true,
    mutedUntil: TOMORROW,
    markedUnread: true,
    pinnedAt: expect.any(String) as string,
  };
  expect(await chat(bob)).toMatchObject(known);

  await gateway.stop();
  await me.act({ archive: false, chat: bob.jid });
  await gateway.start();
  await gateway.reaches("me", "OPEN");
  await expect
    .poll(async () => chat(bob))
    .toMatchObject({
      ...known,
      archived: false,
    });
  // Its keys and versions are still there: it goes on writing where it was.
  expect((await update(bob, { pinned: false })).status).toBe(200);
  await expect.poll(() => agreed(`pin_v1 ${bob.lid}`)?.pinAction?.pinned).toBe(false);
  expect(me.unreadable).toBe(0);
  const told = await gateway.events("me", "chat.update");
  expect(told.filter(({ data: each }) => each["archived"] === true)).toHaveLength(2);
});

test("marked as unread by hand, and as read, which counts what was received too", async () => {
  await received(alice, "one more");
  expect((await update(alice, { markedUnread: true })).body.markedUnread).toBe(true);
  const before = await chat(alice);
  expect(before.unreadCount).toBeGreaterThan(0);
  expect((await update(alice, { markedUnread: false })).body).toMatchObject({
    markedUnread: false,
    unreadCount: 0,
  });
  await expect
    .poll(() => agreed(`markChatAsRead ${alice.lid}`)?.markChatAsReadAction?.read)
    .toBe(true);
});

test("another device that is faster costs another try; one that is always faster is a conflict", async () => {
  gateway.wa.fault({ kind: "syncError", phone: ME, count: 1 });
  expect((await update(alice, { pinned: true })).status).toBe(200);
  gateway.wa.fault({ kind: "syncError", phone: ME, count: 10 });
  const { status, body } = await update(alice, { pinned: false });
  expect([status, body.error.code]).toEqual([409, "CONFLICT"]);
  expect((await chat(alice)).pinnedAt).not.toBeNull();
  gateway.wa.clearFaults();
  gateway.wa.fault({ kind: "syncError", phone: ME, code: 400 });
  expect((await update(alice, { pinned: false })).body.error.code).toBe("BAD_INPUT");
  expect((await update(alice, { pinned: false })).status).toBe(200);
});

test("many changes at once come one after the other, whoever makes them", async () => {
  const wishes = [true, false, true, false].map((pinned) => update(alice, { pinned }));
  const acts = [true, false].map((pin) => me.act({ pin, chat: bob.jid }));
  const answers = await Promise.all(wishes);
  await Promise.all(acts);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await expect.poll(async () => (await chat(bob)).pinnedAt).toBeNull();
  expect(me.unreadable).toBe(0);
});

test.each([
  [{}, 400, "BAD_INPUT"],
  [{ archived: true, pinned: true }, 400, "BAD_INPUT"],
  [{ muted: false, mutedUntil: TOMORROW }, 400, "BAD_INPUT"],
  [{ mutedUntil: "2020-01-01T00:00:00Z" }, 400, "BAD_INPUT"],
  [{ mutedUntil: "soon" }, 400, "BAD_INPUT"],
])("%j is refused", async (body, status, code) => {
  const answer = await update(alice, body);
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});

test("a chat that nobody knows is not there", async () => {
  const answer = await gateway.patch<ErrorReply>("/instances/me/chats/1@lid", { pinned: true });
  expect([answer.status, answer.body.error.code]).toEqual([404, "CHAT_NOT_FOUND"]);
});

test("a chat is emptied and deleted on all devices, and what comes later makes it anew", async () => {
  await received(alice, "to go");
  const messages = async () =>
    (await gateway.get<{ text: string }[]>(`${path(alice)}/messages`)).body.map(({ text }) => text);
  expect(await messages()).toContain("to go");
  const cleared = await gateway.post<ShownChat>(`${path(alice)}/clear`);
  expect([cleared.status, cleared.body.unreadCount]).toEqual([200, 0]);
  expect(await messages()).toEqual([]);
  await expect.poll(() => agreed(`clearChat ${alice.lid} 1 0`)?.clearChatAction).toBeDefined();
  await gateway.event("me", "chat.update", ({ data }) => data["cleared"] === true);

  expect((await gateway.delete(path(alice))).status).toBe(204);
  expect((await gateway.get(path(alice))).status).toBe(404);
  await expect.poll(() => agreed(`deleteChat ${alice.lid} 1`)).toBeDefined();
  await gateway.event("me", "chat.update", ({ data }) => data["deleted"] === true);
  await received(alice, "back again");
  expect(await messages()).toEqual(["back again"]);
});

test("the phone deletes a chat up to its newest message, and what came after it stays", async () => {
  const upTo = Math.floor(Date.now() / 1000) - 60;
  await me.act({ deleteChat: { upTo }, chat: bob.jid });
  await me.act({ pin: true, chat: bob.jid });
  await expect.poll(async () => (await chat(bob)).pinnedAt).not.toBeNull();
  await me.act({ deleteChat: { upTo: upTo + 3_600 }, chat: bob.jid });
  await expect.poll(async () => (await gateway.get(path(bob))).status).toBe(404);
});

test("a device that is linked later learns what was agreed on before, from a snapshot", async () => {
  await using other = await startTestGateway({ wa: gateway.wa });
  await received(bob, "for a snapshot");
  await me.act({ archive: true, chat: bob.lid });
  await other.linked("too", ME);
  const there = async () =>
    (await other.get<ShownChat[]>("/instances/too/chats?archived=true")).body;
  await expect.poll(there).toMatchObject([{ id: bob.lid, archived: true }]);
  const { body } = await gateway.patch<ShownChat>(path(bob), { archived: false });
  expect(body.archived).toBe(false);
  await expect.poll(there).toEqual([]);
});
