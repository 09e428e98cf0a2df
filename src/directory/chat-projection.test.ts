import { expect, test } from "vitest";
import { type TempDatabase, tempDatabase } from "../../test/support/temp-database.ts";
import { addressOf } from "../domain/address.ts";
import { NO_EXTRAS } from "../domain/content.ts";
import type { GatewayEvent } from "../domain/event.ts";
import type { InstanceId, MessageId } from "../domain/ids.ts";
import type { Message } from "../domain/message.ts";
import type { Entry } from "../events/append.ts";
import { EventLog } from "../events/event-log.ts";
import { messageProjection } from "../messages/projection.ts";
import { chatProjection } from "./chat-projection.ts";
import { createChats } from "./chat-room.ts";

const me = "me" as InstanceId;
const PN = "5511999990002@s.whatsapp.net";
const LID = "20002@lid";
const OTHER = "20003@lid";
const ACCOUNT = addressOf("5511999990001@s.whatsapp.net", "20001@lid");

let count = 0;

interface Said {
  readonly name?: string;
  readonly fromMe?: boolean;
  readonly group?: string;
  readonly also?: Entry["also"];
}

/** Somebody of these names writes, or is written to. */
function said(names: readonly string[], { name, fromMe = false, group, also }: Said = {}): Entry {
  count += 1;
  const person = addressOf(...names);
  const message: Message = {
    ...NO_EXTRAS,
    id: `M${count}` as MessageId,
    instanceId: me,
    chat: group ? addressOf(group) : person,
    sender: { ...(fromMe ? ACCOUNT : person), name: name ?? null },
    fromMe,
    kind: "TEXT",
    text: "hello",
    timestamp: new Date(1_700_000_000_000 + count * 1_000),
    status: fromMe ? "SERVER_ACK" : null,
    quotedId: null,
    media: null,
    error: null,
  };
  const event: GatewayEvent = fromMe
    ? { type: "message.sent", message, source: "DEVICE" }
    : { type: "message.received", message };
  const occurredAt = message.timestamp;
  return {
    instanceId: me,
    event,
    occurredAt,
    whileOffline: false,
    epoch: null,
    ...(also && { also }),
  };
}

async function openWorld(now: () => number = Date.now) {
  const database = await tempDatabase();
  const data = { id: me, status: "OPEN", createdAt: new Date() };
  await database.writer.write((tx) => tx.db.instance.create({ data }));
  const open = () => EventLog.open(database, [messageProjection, chatProjection(now)]);
  const chats = createChats(database);
  const page = { instanceId: me, limit: 50, from: "START" } as const;
  return {
    database,
    open,
    log: await open(),
    chats: async () => (await chats.list(page)).entries,
    contacts: async () => (await chats.contacts(page)).entries,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

const fail = () => Promise.reject(new Error("something else in this transaction"));

async function updatesIn({ read }: TempDatabase): Promise<readonly unknown[]> {
  const rows = await read.event.findMany({ where: { type: "contact.update" } });
  return rows.map(({ data }) => JSON.parse(data) as unknown);
}

test("who is known by number first and by LID later is one person with one chat", async () => {
  await using world = await openWorld();
  await world.log.append(said([PN], { name: "Alice" }));
  await world.log.append(said([PN]));
  expect(await world.chats()).toMatchObject([{ id: PN, pn: PN, lid: null, unreadCount: 2 }]);
  await world.log.append(said([PN, LID]));
  const one = { id: LID, pn: PN, lid: LID };
  expect(await world.chats()).toMatchObject([{ ...one, name: "Alice", unreadCount: 3 }]);
  expect(await world.contacts()).toMatchObject([{ ...one, pushName: "Alice" }]);
  // Whichever name comes now, and also for a process that remembers nobody.
  await world.log.append(said([PN]));
  const later = await world.open();
  await later.append(said([PN]));
  await later.append(said([LID]));
  expect(await world.chats()).toMatchObject([{ ...one, unreadCount: 6 }]);
  expect(await world.contacts()).toHaveLength(1);
});

test("two that turn out to be one are joined, in the same group of events, too", async () => {
  await using world = await openWorld();
  const { log } = world;
  await log.append(said([LID], { name: "Alice" }));
  await log.append(said([PN], { fromMe: true }));
  await log.append(said([PN]));
  expect(await world.chats()).toHaveLength(2);
  const group = "120363000000000001@g.us";
  const entries = [said([PN]), said([LID]), said([LID, PN], { group }), said([PN]), said([LID])];
  await Promise.all(entries.map((entry) => log.append(entry)));
  const chats = await world.chats();
  expect(chats).toMatchObject([
    { id: LID, pn: PN, lid: LID, name: "Alice", unreadCount: 6 },
    { id: group, kind: "GROUP", unreadCount: 1 },
  ]);
  expect(await world.contacts()).toMatchObject([{ id: LID, pn: PN, pushName: "Alice" }]);
});

test("a number that has another owner takes nobody's chat along", async () => {
  await using world = await openWorld();
  await world.log.append(said([LID, PN], { name: "Alice" }));
  await world.log.append(said([OTHER, PN], { name: "Bob" }));
  await world.log.append(said([PN]));
  expect(await world.contacts()).toMatchObject([
    { id: LID, pn: null, pushName: "Alice" },
    { id: OTHER, pn: PN, pushName: "Bob" },
  ]);
  expect(await world.chats()).toMatchObject([
    { id: OTHER, unreadCount: 2 },
    { id: LID, unreadCount: 1 },
  ]);
});

test("of a group of events the account's own message reads what came before it", async () => {
  await using world = await openWorld();
  const names = [PN, LID];
  await world.log.append(said(names));
  const entries = [said(names), said(names, { fromMe: true }), said(names), said(names)];
  await Promise.all(entries.map((entry) => world.log.append(entry)));
  expect(await world.chats()).toMatchObject([{ unreadCount: 2 }]);
});

test("a group that is rolled back leaves nothing, neither stored nor remembered", async () => {
  await using world = await openWorld();
  const lost = world.log.append(said([PN, LID], { name: "Alice", also: fail }));
  const kept = world.log.append(said([OTHER], { name: "Bob" }));
  await expect(lost).rejects.toThrow("stored");
  await kept;
  expect(await world.contacts()).toMatchObject([{ id: OTHER }]);
  await world.log.append(said([PN, LID], { name: "Alice" }));
  expect(await world.contacts()).toMatchObject([{ pushName: "Alice" }, { pushName: "Bob" }]);
});

test("a new name is an event, once a minute at most", async () => {
  let now = Date.now();
  await using world = await openWorld(() => now);
  const { log } = world;
  const names = [PN, LID];
  const isCalled = (name: string) => log.append(said(names, { name }));
  await isCalled("Alice");
  expect(await updatesIn(world.database)).toEqual([]);
  await Promise.all(["Alicia", "Al", "A"].map(isCalled));
  const contact = { id: LID, pn: PN, lid: LID, name: "Alicia" };
  expect(await updatesIn(world.database)).toEqual([{ contact, previousName: "Alice" }]);
  expect(log.extent.head).toBe(5);
  now += 59_000;
  await isCalled("A");
  expect(await world.contacts()).toMatchObject([{ pushName: "Alicia" }]);
  now += 2_000;
  await isCalled("A");
  expect(await updatesIn(world.database)).toMatchObject([{}, { previousName: "Alicia" }]);
  expect(await world.contacts()).toMatchObject([{ pushName: "A" }]);
});
