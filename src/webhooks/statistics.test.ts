import { expect, test } from "vitest";
import { Receiver } from "./testing/receiver.ts";
import { incoming, INSTANCE, newDataDir, openRoom } from "./testing/room.ts";

const HOUR = 3_600_000;

test("what waits, what ended, how much of it succeeded, and for how long the oldest waits", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(500);
  let passed = 0;
  const now = () => Date.now() + passed;
  await using room = await openRoom(dir.path, { now, retryDelays: [10 * HOUR] });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  const { webhook: idle } = await room.webhooks.create(null, { url: receiver.url, enabled: false });
  const look = async () => (await room.webhooks.statistics([webhook.id, idle.id])).get(webhook.id);

  const nothing = { pending: 0, pendingReplayed: 0, delivered: 0, failed: 0 };
  expect(await look()).toEqual({ ...nothing, successRate: null, lagMs: null });

  await room.events.append(incoming("refused", "a@lid"));
  await expect.poll(async () => (await look())?.successRate).toBe(0);
  passed = HOUR;
  const waiting = await look();
  expect(waiting).toMatchObject({ ...nothing, pending: 1 });
  expect(waiting?.lagMs).toBeGreaterThanOrEqual(HOUR);
  expect(waiting?.lagMs).toBeLessThan(HOUR + 60_000);

  receiver.answer = 200;
  await room.events.append(incoming("taken", "b@lid"));
  await expect.poll(async () => (await look())?.delivered).toBe(1);
  expect(await look()).toMatchObject({ pending: 1, delivered: 1, successRate: 0.5 });

  passed = 27 * HOUR;
  await room.webhooks.update(webhook.id, { enabled: false });
  expect(await look()).toMatchObject({ pending: 1, delivered: 0, successRate: null });
});

test("deliveries are found by state, type and time, page by page", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using room = await openRoom(dir.path);
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  await room.events.append(incoming("early", "a@lid"));
  await expect.poll(() => Date.now() > (receiver.received[0]?.at ?? Infinity)).toBe(true);
  const since = new Date();
  const open = { type: "connection.open", phoneNumber: "55" } as const;
  await room.events.append({ ...incoming(""), event: open });
  await room.events.append(incoming("late", "b@lid"));
  await expect.poll(() => receiver.received.length).toBe(3);

  const find = async (query: object) =>
    (await room.webhooks.deliveries(webhook.id, { limit: 9, ...query })).deliveries;
  const typesOf = async (query: object) => (await find(query)).map(({ eventType }) => eventType);
  await expect.poll(async () => (await find({ state: "DELIVERED" })).length).toBe(3);
  expect(await typesOf({ since })).toEqual(["message.received", "connection.open"]);
  expect(await typesOf({ eventTypes: ["message.*"] })).toHaveLength(2);
  expect(await typesOf({ eventTypes: ["connection.open"], since })).toEqual(["connection.open"]);
  expect(await find({ state: "FAILED" })).toEqual([]);
  const [first] = await find({ limit: 1, eventTypes: ["message.received"] });
  expect(await find({ after: first?.id, eventTypes: ["message.received"] })).toHaveLength(1);
  await expect(find({ eventTypes: ["message.lost"] })).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("tests and events that were gone before their delivery say nothing about the endpoint", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(500);
  await using room = await openRoom(dir.path);
  const input = { url: receiver.url, enabled: false };
  const { webhook } = await room.webhooks.create(INSTANCE, input);
  await room.webhooks.test(webhook.id);
  await room.events.append(incoming("old"));
  await room.webhooks.replay(webhook.id, { after: "earliest" });
  await expect.poll(() => room.database.read.delivery.count()).toBe(2);
  await room.database.writer.write(({ db }) => db.event.deleteMany());
  await room.webhooks.update(webhook.id, { enabled: true });

  const failed = { state: "FAILED", limit: 9 } as const;
  const read = async () => (await room.webhooks.deliveries(webhook.id, failed)).deliveries.length;
  await expect.poll(read).toBe(2);
  const statistics = (await room.webhooks.statistics([webhook.id])).get(webhook.id);
  expect(statistics).toMatchObject({ failed: 0, delivered: 0, successRate: null });
});
