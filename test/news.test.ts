import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account, Group } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
let group: Group;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
  bob = await gateway.wa.account(BOB);
  group = await gateway.wa.group({ subject: "Us", participants: [ALICE, ME] });
  // A call names one of her two addresses; the other is known from what she has written.
  await alice.send(ME, { text: "may I call?" });
  await gateway.event("me", "message.received");
});
afterAll(() => gateway[Symbol.asyncDispose]());

const chat = () => ({ id: group.jid, pn: null, lid: null });
const person = ({ jid, lid }: Account) => ({ id: lid, pn: jid, lid });

test("what is changed about a group is told, each with its new value and by whom", async () => {
  await gateway.wa.changeGroup(group, { by: ALICE, subject: "All of us" });
  const { data } = await gateway.event("me", "group.update");
  expect(data).toMatchObject({
    whileOffline: false,
    group: chat(),
    author: person(alice),
    change: { subject: "All of us", description: null, announcement: null, isNew: false },
  });
  await gateway.wa.changeGroup(group, { by: ALICE, description: "Plans", announcement: true });
  const rules = await gateway.event("me", "group.update", (event) =>
    JSON.stringify(event.data).includes('"announcement":true'),
  );
  expect(rules.data).toMatchObject({ change: { announcement: true, subject: null } });
  const words = await gateway.event("me", "group.update", (event) =>
    JSON.stringify(event.data).includes("Plans"),
  );
  expect(words.data).toMatchObject({ change: { description: "Plans" } });
});

test("who comes and goes is told under both names", async () => {
  await gateway.wa.changeGroup(group, { by: ALICE, add: [BOB], promote: [BOB] });
  await gateway.wa.changeGroup(group, { by: BOB, remove: [BOB] });
  await gateway.event("me", "group.participants", ({ data }) => data["memberAction"] === "LEFT");
  const told = await gateway.events("me", "group.participants");
  expect(told.map(({ data }) => data)).toMatchObject([
    { memberAction: "ADDED", author: person(alice), participants: [person(bob)] },
    { memberAction: "PROMOTED", author: person(alice), participants: [person(bob)] },
    { memberAction: "LEFT", author: person(bob), participants: [person(bob)] },
  ]);
});

test("a call is told when it rings and when nobody took it", async () => {
  const { id } = await alice.call(ME, { video: true });
  await gateway.event("me", "call");
  await alice.endCall(id, "timeout");
  await gateway.event("me", "call", ({ data }) => JSON.stringify(data).includes("TIMED_OUT"));
  const told = (await gateway.events("me", "call")).map(({ data }) => data["call"]);
  const call = { id, chat: person(alice), caller: person(alice), groupId: null };
  expect(told).toEqual([
    { ...call, isVideo: true, status: "OFFERED" },
    { ...call, isVideo: null, status: "TIMED_OUT" },
  ]);
});

test("a channel's post is a message of the channel, kept as it came", async () => {
  const channel = await gateway.wa.channel({ name: "News", followers: [ME] });
  const { id } = await gateway.wa.post(channel, { text: "extra, extra" });
  const { data } = await gateway.event(
    "me",
    "message.received",
    ({ data: { message } }) => message?.text === "extra, extra",
  );
  const name = { id: channel.jid, pn: null, lid: null };
  expect(data.message).toMatchObject({ id, chat: name, sender: name, kind: "TEXT", fromMe: false });
});

test("what WhatsApp tells again, because it was not confirmed, is no second event", async () => {
  const before = await gateway.events("me");
  gateway.wa.fault({ kind: "loseReceipts", phone: ME });
  const { id } = await alice.call(ME);
  await gateway.wa.changeGroup(group, { by: ALICE, subject: "Told twice" });
  const channel = await gateway.wa.channel({ name: "More news", followers: [ME] });
  await gateway.wa.post(channel, { text: "twice" });
  await expect.poll(async () => (await gateway.events("me")).length).toBe(before.length + 3);
  const { logins = 0 } = gateway.wa.stats;
  gateway.wa.fault({ kind: "drop", phone: ME });
  await expect.poll(() => gateway.wa.stats["logins"]).toBe(logins + 1);
  gateway.wa.clearFaults();
  gateway.wa.fault({ kind: "drop", phone: ME });
  await expect.poll(() => gateway.wa.stats["logins"]).toBe(logins + 2);
  await alice.endCall(id);
  await gateway.event("me", "call", ({ data }) => JSON.stringify(data).includes("ENDED"));
  const told = (await gateway.events("me")).slice(before.length).map(({ type }) => type);
  const news = told.filter((type) => !type.startsWith("connection."));
  expect(news.toSorted()).toEqual(["call", "call", "group.update", "message.received"]);
});

test("what was told while the gateway was away is told at the next start, and marked so", async () => {
  await gateway.stop();
  await gateway.wa.changeGroup(group, { by: ALICE, subject: "While you were away" });
  await alice.call(ME);
  await gateway.start();
  const update = await gateway.event("me", "group.update", (event) =>
    JSON.stringify(event.data).includes("While you were away"),
  );
  expect(update.data["whileOffline"]).toBe(true);
  const missed = await gateway.event("me", "call", ({ data }) => data["whileOffline"] === true);
  expect(missed.data).toMatchObject({ call: { status: "OFFERED" } });
  expect(me.devices()).toHaveLength(1);
});
