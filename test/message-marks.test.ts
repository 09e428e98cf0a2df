import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account, Group } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownEvent } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

let gateway: TestGateway;
let me: Account;
let alice: Account;
let group: Group;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
  group = await gateway.wa.group({ subject: "Us", participants: [ALICE, ME] });
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function received(text: string, to: string | Group = ME): Promise<string> {
  const { id } = await alice.send(to, { text });
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === id);
  return id;
}

const act = (id: string, what: "star" | "deleteForMe", body?: object) =>
  gateway.post<{ starred: boolean } & ErrorReply>(`/instances/me/messages/${id}/${what}`, body);
const listed = async (query: string) =>
  (await gateway.get<{ id: string; starred: boolean }[]>(`/instances/me/messages?${query}`)).body;
const starred = async () => (await listed("starred=true")).map(({ id }) => id);
const ids = async () => (await listed("limit=200")).map(({ id }) => id);
const agreed = (index: string) =>
  me.agreed.find((entry) => entry.index.join(" ") === index)?.action;
const about = (id: string) => (event: ShownEvent) => event.data["messageId"] === id;

test("a star is put on and taken off, and the phone sees it", async () => {
  const id = await received("keep this");
  expect(await act(id, "star")).toMatchObject({
    status: 200,
    body: { messageId: id, chat: { id: alice.lid }, starred: true },
  });
  const star = () => agreed(`star ${alice.lid} ${id} 0 0`)?.starAction?.starred;
  await expect.poll(star).toBe(true);
  expect(await starred()).toEqual([id]);
  expect((await listed("starred=false")).some(({ starred: has }) => has)).toBe(false);
  const { data } = await gateway.event("me", "message.starred", about(id));
  expect(data).toMatchObject({ chatId: alice.lid, starred: true });

  expect((await act(id, "star", { starred: false })).body.starred).toBe(false);
  await expect.poll(star).toBe(false);
  expect(await starred()).toEqual([]);
  expect(me.unreadable).toBe(0);
});

test("in a group its author is named, and one's own message needs none", async () => {
  const id = await received("everybody", group);
  expect((await act(id, "star")).status).toBe(200);
  await expect.poll(() => agreed(`star ${group.jid} ${id} 0 ${alice.jid}`)).toBeDefined();
  const sent = await gateway.post<{ messageId: string }>("/instances/me/sendMessage", {
    to: ALICE,
    message: "mine",
  });
  const mine = sent.body.messageId;
  expect((await act(mine, "star")).status).toBe(200);
  await expect.poll(() => agreed(`star ${alice.lid} ${mine} 1 0`)).toBeDefined();
  expect((await starred()).toSorted()).toEqual([id, mine].toSorted());
});

test("what the phone does is told and kept through a restart", async () => {
  const first = await received("starred on the phone");
  const second = await received("deleted on the phone", group);
  await me.act({ star: true, chat: alice.jid, id: first });
  await gateway.event("me", "message.starred", about(first));
  await gateway.stop();
  const names = { chat: group.jid, id: second, participant: alice.lid };
  await me.act({ deleteForMe: true, ...names });
  await gateway.start();
  const { data } = await gateway.event("me", "message.deleted", about(second));
  expect(data).toMatchObject({
    chatId: group.jid,
    fromMe: true,
    forEveryone: false,
    deletedBy: { id: me.lid },
  });
  expect(await starred()).toContain(first);
  expect(await ids()).not.toContain(second);
});

test("deleted for the account alone: the phone's copy goes, the sender's stays", async () => {
  const id = await received("not for long");
  expect((await act(id, "deleteForMe")).status).toBe(204);
  expect(await ids()).not.toContain(id);
  await expect.poll(() => agreed(`deleteMessageForMe ${alice.lid} ${id} 0 0`)).toBeDefined();
  expect((await act(id, "deleteForMe")).body.error.code).toBe("MESSAGE_NOT_FOUND");
});

test("a star keeps a message when its chat is cleared so", async () => {
  const kept = await received("a treasure");
  await received("rubbish");
  await act(kept, "star");
  const clear = `/instances/me/chats/${encodeURIComponent(alice.lid)}/clear`;
  expect((await gateway.post(clear, { keepStarred: true })).status).toBe(200);
  const left = await listed(`chatId=${encodeURIComponent(alice.lid)}`);
  expect(left.map(({ starred: has }) => has)).toEqual(left.map(() => true));
  expect(left.map(({ id }) => id)).toContain(kept);
  await expect.poll(() => agreed(`clearChat ${alice.lid} 0 0`)).toBeDefined();
});

test("a conflict is told, and nothing looks done", async () => {
  const id = await received("contested");
  gateway.wa.fault({ kind: "syncError", phone: ME, count: 10 });
  const { status, body } = await act(id, "star");
  expect([status, body.error.code]).toEqual([409, "CONFLICT"]);
  expect(await starred()).not.toContain(id);
  gateway.wa.clearFaults();
});
