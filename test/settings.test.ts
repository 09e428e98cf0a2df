import { afterAll, beforeAll, expect, test } from "vitest";
import { isIgnored } from "../src/instances/habits.ts";
import type { Jid } from "../src/domain/ids.ts";
import { USUAL_SETTINGS } from "../src/domain/settings.ts";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

let gateway: TestGateway;
let me: Account;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const PATH = "/instances/me/settings";

async function change(settings: object): Promise<void> {
  expect(await gateway.patch(PATH, settings)).toMatchObject({ status: 200, body: settings });
}

const texts = async () =>
  (await gateway.events("me", "message.received")).map(({ data }) => data.message?.text);

const chats = async () =>
  (await gateway.get<readonly { pn: string | null; unreadCount: number }[]>("/instances/me/chats"))
    .body;

const unreadOfAlice = async () =>
  (await chats()).find(({ pn }) => pn?.startsWith(ALICE))?.unreadCount;

/** What she says is heard, and so is everything that was said before. */
async function heard(text: string): Promise<void> {
  await alice.send(ME, { text });
  await gateway.event("me", "message.received", ({ data }) => data.message?.text === text);
}

test("what is usual is told, what is named is changed, and a restart keeps it", async () => {
  expect((await gateway.get(PATH)).body).toEqual({
    instanceId: "me",
    ...USUAL_SETTINGS,
    proxy: null,
  });
  await change({ rejectCallsText: "not now" });
  await change({ ignoreStatus: true });
  await gateway.restart();
  await gateway.reaches("me", "OPEN");
  const kept = { ...USUAL_SETTINGS, proxy: null, rejectCallsText: "not now", ignoreStatus: true };
  expect((await gateway.get(PATH)).body).toEqual({ instanceId: "me", ...kept });
  await change({ rejectCallsText: null, ignoreStatus: false });
  const { body } = await gateway.get<readonly { action: string; instanceId: string }[]>("/audit");
  expect(body[0]).toMatchObject({ action: "updateInstanceSettings", instanceId: "me" });
});

test.each([
  { whatsappVersion: "3.1.1" },
  { whatsappVersion: "2.3000" },
  { browserName: "x".repeat(51) },
  { browserName: "  " },
  { rejectCallsText: "x".repeat(4_097) },
  { ignoreGroups: "yes" },
  { unknown: true },
])("refused: %j", async (settings) => {
  const reply = await gateway.patch<ErrorReply>(PATH, settings);
  expect([reply.status, reply.body.error.code]).toEqual([400, "BAD_INPUT"]);
});

test("of an instance that is not there nothing is told", async () => {
  for (const reply of [
    await gateway.get("/instances/nope/settings"),
    await gateway.patch("/instances/nope/settings", {}),
  ]) {
    expect(reply).toMatchObject({ status: 404, body: { error: { code: "INSTANCE_NOT_FOUND" } } });
  }
});

test("calls are refused as they ring, and the caller is told why, once", async () => {
  await change({ rejectCalls: true, rejectCallsText: "Please write instead." });
  const { id } = await alice.call(ME);
  await alice.waitFor(({ text }) => text === "Please write instead.");
  expect(alice.calls.at(-1)).toEqual({ id, to: ME, state: "rejected" });
  const told = (await gateway.events("me", "call")).map(({ data }) => data["call"]);
  expect(told).toMatchObject([
    { id, status: "OFFERED" },
    { id, status: "REJECTED" },
  ]);
  await change({ rejectCallsText: null });
  const second = await alice.call(ME);
  await expect.poll(() => alice.calls.at(-1)?.state).toBe("rejected");
  await change({ rejectCalls: false });
  const third = await alice.call(ME);
  await gateway.event("me", "call", ({ data }) => JSON.stringify(data).includes(third.id));
  expect(alice.calls.slice(-2)).toEqual([
    { id: second.id, to: ME, state: "rejected" },
    { id: third.id, to: ME, state: "ringing" },
  ]);
  expect(alice.received.filter(({ text }) => text === "Please write instead.")).toHaveLength(1);
});

test("what is said in groups and channels is left out, and WhatsApp need not keep it", async () => {
  const group = await gateway.wa.group({ subject: "us", participants: [ALICE, ME] });
  const channel = await gateway.wa.channel({ name: "news", followers: [ME] });
  await change({ ignoreGroups: true, ignoreChannels: true });
  const { id } = await alice.send(group, { text: "in the group" });
  await alice.send(group, { edit: { id, text: "in the group, edited" } });
  await gateway.wa.post(channel, { text: "in the channel" });
  await heard("to me alone");
  expect(await texts()).toEqual(["to me alone"]);
  const path = "/instances/me/messages?text=the";
  expect((await gateway.get(path)).body).toEqual([]);
  // What was not confirmed would come again now, and be heard.
  await change({ ignoreGroups: false, ignoreChannels: false });
  await gateway.restart();
  await gateway.reaches("me", "OPEN");
  await heard("to me again");
  expect(await texts()).toEqual(["to me alone", "to me again"]);
  await alice.send(group, { text: "in the group, heard" });
  await gateway.wa.post(channel, { text: "in the channel, heard" });
  await expect.poll(texts).toHaveLength(4);
});

test("posts for contacts are of a kind of their own", () => {
  const chat = { id: "status@broadcast" as Jid, pn: null, lid: null };
  const others = { ...USUAL_SETTINGS, ignoreGroups: true, ignoreChannels: true };
  expect(isIgnored({ settings: others }, { chat })).toBe(false);
  expect(isIgnored({ settings: { ...others, ignoreStatus: true } }, { chat })).toBe(true);
});

test("it is shown as online whenever it is connected", async () => {
  await change({ alwaysOnline: true });
  // WhatsApp shows nobody as online whose name it has not told.
  await me.send(ALICE, { text: "my name comes along" });
  await expect.poll(() => me.isOnline).toBe(true);
  await gateway.stop();
  await expect.poll(() => me.isOnline).toBe(false);
  await gateway.start();
  await expect.poll(() => me.isOnline).toBe(true);
  await change({ alwaysOnline: false });
  await expect.poll(() => me.isOnline).toBe(false);
});

test("what comes in is read, and unread no more", async () => {
  await change({ readMessages: true });
  const { id } = await alice.send(ME, { text: "do you read this?" });
  const isRead = () => alice.receipts.some(({ type, ids }) => type === "read" && ids.includes(id));
  await expect.poll(isRead).toBe(true);
  await expect.poll(unreadOfAlice).toBe(0);
  await change({ readMessages: false });
  const unread = await alice.send(ME, { text: "and this?" });
  await heard("nor this");
  expect(alice.receipts.some(({ type, ids }) => type === "read" && ids.includes(unread.id))).toBe(
    false,
  );
});

test("name and history are heard at linking, the version with the next connection", async () => {
  await gateway.post("/instances", { instanceId: "other" });
  const path = "/instances/other/settings";
  const shown = { browserName: "Our shop", fullHistory: true, whatsappVersion: "2.3000.1234567" };
  expect(await gateway.patch(path, shown)).toMatchObject({ status: 200 });
  await gateway.post("/instances/other/restart");
  const phone = await gateway.wa.account("5511999990005");
  const { body } = await gateway.get<{ qr: string }>("/instances/other/qr");
  await phone.link(body);
  await gateway.reaches("other", "OPEN");
  const device = { name: "Our shop", fullSync: true, online: true };
  expect(phone.devices()).toMatchObject([{ ...device, version: "2.3000.1234567" }]);
  await gateway.patch(path, { whatsappVersion: "2.3000.7654321" });
  await gateway.post("/instances/other/restart");
  await expect.poll(() => phone.devices()[0]?.version).toBe("2.3000.7654321");
});
