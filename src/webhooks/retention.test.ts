import { expect, test } from "vitest";
import { firstNeeded } from "./first-needed.ts";
import { pruneDeliveries } from "./retention.ts";
import { Receiver } from "./testing/receiver.ts";
import { incoming, INSTANCE, newDataDir, openRoom } from "./testing/room.ts";

test("a delivery and its attempts go with their event", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using room = await openRoom(dir.path);
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  for (let at = 1; at <= 1_201; at += 1) void room.events.append(incoming(`${at}`, `${at}@lid`));
  const { read, writer } = room.database;
  await expect.poll(() => read.delivery.count({ where: { state: "DELIVERED" } })).toBe(1_201);
  await room.webhooks.test(webhook.id);
  await expect.poll(() => read.attempt.count()).toBe(1_202);

  const { signal } = new AbortController();
  await pruneDeliveries(writer, { oldest: 1_200, now: Date.now() }, signal);

  const { deliveries } = await room.webhooks.deliveries(webhook.id, { limit: 9 });
  expect(deliveries.filter(({ eventId }) => !eventId.startsWith("evt_test"))).toHaveLength(2);
  expect(deliveries).toHaveLength(3);
  expect(await read.attempt.count()).toBe(3);
});

test("an event that is gone before its delivery is a failure that says so", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using room = await openRoom(dir.path);
  const input = { url: receiver.url, enabled: false };
  const { webhook } = await room.webhooks.create(INSTANCE, input);
  await room.events.append(incoming("old"));
  const replay = await room.webhooks.replay(webhook.id, { after: "earliest" });
  const progress = room.webhooks.followReplay(replay.id);
  for await (const { doneAt } of progress) if (doneAt !== null) break;
  await room.database.writer.write(({ db }) => db.event.deleteMany());

  await room.webhooks.update(webhook.id, { enabled: true });

  const read = async () => (await room.webhooks.deliveries(webhook.id, { limit: 1 })).deliveries;
  await expect.poll(read).toMatchObject([{ state: "FAILED" }]);
  const attempts = await room.webhooks.attempts((await read()).map(({ id }) => id));
  expect([...attempts.values()].flat()).toMatchObject([{ errorCode: "EVENT_EXPIRED" }]);
  expect(receiver.received).toHaveLength(0);
});

test("what a replay still has to read is needed until it is through", async () => {
  using dir = newDataDir();
  await using room = await openRoom(dir.path);
  const { webhook } = await room.webhooks.create(INSTANCE, { url: "http://127.0.0.1:9/" });
  const { read, writer } = room.database;
  expect(await firstNeeded(read)).toBeUndefined();
  const place = { webhookId: webhook.id, after: 41n, to: 50n, total: 9, createdAt: new Date() };
  await writer.write(({ db }) => db.replay.create({ data: { id: "rpl_1", ...place } }));
  expect(await firstNeeded(read)).toBe(42);
  await writer.write(({ db }) => db.replay.updateMany({ data: { doneAt: new Date() } }));
  expect(await firstNeeded(read)).toBeUndefined();
});

test("a webhook that is disabled keeps no event from its usual end", async () => {
  using dir = newDataDir();
  await using room = await openRoom(dir.path, { retryDelays: [36_000_000] });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: "http://127.0.0.1:9/" });
  const { read } = room.database;
  await room.events.append(incoming("waits"));
  expect(await firstNeeded(read)).toBe(1);

  await room.webhooks.update(webhook.id, { enabled: false });
  expect(await firstNeeded(read)).toBeUndefined();
});
