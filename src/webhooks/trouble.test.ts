import { expect, test } from "vitest";
import { EVERYTHING } from "../events/filter.ts";
import { Slots } from "./slots.ts";
import { Receiver } from "./testing/receiver.ts";
import { incoming, INSTANCE, newDataDir, openRoom, textsOf } from "./testing/room.ts";

const PACE = { usual: 8, most: 8, patience: 3, firstProbeMs: 30, lastProbeMs: 60 };

test("a dead endpoint is probed one at a time, and gets everything once it is back", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(503);
  const retryDelays = Array<number>(9).fill(20);
  await using room = await openRoom(dir.path, { pace: PACE, retryDelays });
  await room.webhooks.create(INSTANCE, { url: receiver.url, ordering: "NONE" });

  const texts = Array.from({ length: 500 }, (_, at) => `text ${at}`);
  await Promise.all(texts.map((text) => room.events.append(incoming(text))));
  await expect.poll(() => receiver.received.length).toBeGreaterThanOrEqual(6);
  expect(receiver.mostOpen).toBe(1);
  // Three tries until it was given up, then a probe every 24 ms at the least.
  const [third, ...probes] = receiver.received.slice(2).map(({ at }) => at);
  expect((probes.at(-1) ?? 0) - (third ?? 0)).toBeGreaterThanOrEqual(probes.length * 23);

  const refused = receiver.received.length;
  receiver.answer = (_, response) => setTimeout(() => response.writeHead(200).end(), 3);
  await expect.poll(() => new Set(textsOf(receiver.bodies.slice(refused))).size).toBe(500);
  expect(receiver.mostOpen).toBeGreaterThan(1);
});

test("a slow endpoint does not slow down another", async () => {
  using dir = newDataDir();
  await using slow = await Receiver.start(() => undefined);
  await using healthy = await Receiver.start();
  await using room = await openRoom(dir.path, { drainMs: 0 });
  for (let at = 0; at < 20; at += 1) {
    await room.webhooks.create(INSTANCE, { url: slow.url, ordering: "NONE" });
  }
  await room.webhooks.create(INSTANCE, { url: healthy.url });

  for (let at = 0; at < 20; at += 1) {
    await room.events.append(incoming(`text ${at}`));
    await expect.poll(() => healthy.received.length).toBe(at + 1);
  }
  // None of them has answered yet: one POST each has to do.
  expect(slow.mostOpen).toBe(20);
});

test("410 disables the webhook, and the log says so", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(410);
  await using room = await openRoom(dir.path);
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });

  await room.events.append(incoming("to nobody"));

  await expect.poll(async () => (await room.webhooks.get(webhook.id)).enabled).toBe(false);
  const reason = "The endpoint answered 410 Gone.";
  expect(await room.webhooks.get(webhook.id)).toMatchObject({ disabledReason: reason });
  const { events } = await room.events.read(0, 9, EVERYTHING);
  expect(events.map(({ event }) => event)).toMatchObject([
    { type: "message.received" },
    { type: "webhook.disabled", webhookId: webhook.id, reason },
  ]);

  await room.events.append(incoming("still nobody"));
  const { deliveries } = await room.webhooks.deliveries(webhook.id, { limit: 9 });
  expect(deliveries).toMatchObject([{ state: "PENDING", tries: 1 }]);
});

test("410 gives nothing up: enabled again, the webhook gets all that it missed", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using room = await openRoom(dir.path);
  const { webhook } = await room.webhooks.create(INSTANCE, {
    url: receiver.url,
    ordering: "NONE",
    events: ["message.*"],
  });
  const warm = Array.from({ length: 30 }, (_, at) => incoming(`warm ${at}`));
  await Promise.all(warm.map((each) => room.events.append(each)));
  await expect.poll(() => receiver.received.length).toBe(30);

  receiver.answer = (_, response) => setTimeout(() => response.writeHead(410).end(), 30);
  const texts = Array.from({ length: 100 }, (_, at) => `text ${at}`);
  await Promise.all(texts.map((text) => room.events.append(incoming(text))));
  await expect.poll(async () => (await room.webhooks.get(webhook.id)).enabled).toBe(false);
  const failed = await room.webhooks.deliveries(webhook.id, { state: "FAILED", limit: 99 });
  expect(failed.deliveries).toEqual([]);

  receiver.answer = 200;
  const refused = receiver.received.length;
  await room.webhooks.update(webhook.id, { enabled: true });
  await expect.poll(() => new Set(textsOf(receiver.bodies.slice(refused))).size).toBe(100);
});

test("a webhook that only failed for five days is disabled; enabled again it gets what waited", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(500);
  let passed = 0;
  const now = () => Date.now() + passed;
  const pace = { ...PACE, patience: 1 };
  const options = { now, pace, retryDelays: [3_600_000, 3_600_000] };
  await using room = await openRoom(dir.path, options);
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });

  await room.events.append(incoming("one", "a@lid"));
  // Dead, and probed again and again with the one that waits.
  await expect.poll(() => receiver.received.length).toBeGreaterThan(5);
  expect(await room.webhooks.get(webhook.id)).toMatchObject({ enabled: true });
  passed = 5 * 86_400_000;
  await expect
    .poll(async () => (await room.webhooks.get(webhook.id)).disabledReason)
    .toBe("Every delivery failed for 5 days.");

  receiver.answer = 200;
  const refused = receiver.received.length;
  const enabled = await room.webhooks.update(webhook.id, { enabled: true });
  expect(enabled).toMatchObject({ enabled: true, disabledReason: null, failingSince: null });
  await expect.poll(() => textsOf(receiver.bodies.slice(refused))).toContain("one");
});

test("Retry-After holds back the whole endpoint", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start((_, response) => {
    const status = receiver.received.length === 1 ? 429 : 200;
    response.writeHead(status, { "retry-after": "1" }).end();
  });
  await using room = await openRoom(dir.path, { retryDelays: [10] });
  await room.webhooks.create(INSTANCE, { url: receiver.url });

  await room.events.append(incoming("one", "a@lid"));
  await room.events.append(incoming("two", "b@lid"));

  await expect.poll(() => receiver.received.length).toBe(3);
  const [first, second] = receiver.received;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
});

test("a redirect is a failure and is not followed", async () => {
  using dir = newDataDir();
  await using elsewhere = await Receiver.start();
  await using receiver = await Receiver.start((_, response) => {
    response.writeHead(307, { location: elsewhere.url }).end();
  });
  await using room = await openRoom(dir.path, { retryDelays: [] });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });

  await room.events.append(incoming("stay"));

  await expect
    .poll(async () => (await room.webhooks.deliveries(webhook.id, { limit: 1 })).deliveries)
    .toMatchObject([{ state: "FAILED" }]);
  expect(elsewhere.received).toHaveLength(0);
});

test("an endpoint that cannot be reached leaves an attempt with the class of the failure", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start((_, response) => response.destroy());
  await using room = await openRoom(dir.path, { retryDelays: [] });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });

  await room.events.append(incoming("cut"));

  await expect
    .poll(async () => (await room.webhooks.deliveries(webhook.id, { limit: 1 })).deliveries)
    .toMatchObject([{ state: "FAILED" }]);
  const { deliveries } = await room.webhooks.deliveries(webhook.id, { limit: 1 });
  const attempts = await room.webhooks.attempts(deliveries.map(({ id }) => id));
  expect([...attempts.values()].flat()).toMatchObject([{ status: null, errorCode: "RESET" }]);
});

test("a crowd that takes long to say yes leaves the reserve to those who are quick", async () => {
  using dir = newDataDir();
  await using slow = await Receiver.start((_, response) => {
    setTimeout(() => response.writeHead(200).end(), 1_100);
  });
  await using healthy = await Receiver.start();
  await using room = await openRoom(dir.path, { drainMs: 0, slots: new Slots(12, 4) });
  for (let at = 0; at < 4; at += 1) {
    const crowd = { url: slow.url, chatKinds: ["GROUP"], ordering: "NONE" } as const;
    await room.webhooks.create(INSTANCE, crowd);
  }
  await room.webhooks.create(INSTANCE, { url: healthy.url, chatKinds: ["DIRECT"] });
  for (let at = 1; at <= 2; at += 1) {
    await room.events.append(incoming(`warm ${at}`, "1@lid"));
    await expect.poll(() => healthy.received.length).toBe(at);
  }
  const crowd = Array.from({ length: 30 }, (_, at) => incoming(`slow ${at}`, `${at}@g.us`));
  await Promise.all(crowd.map((each) => room.events.append(each)));
  await expect.poll(() => slow.open).toBe(8);
  await expect.poll(() => slow.received.length).toBeGreaterThan(24);
  expect(slow.mostOpen).toBe(8);

  const startedAt = Date.now();
  await room.events.append(incoming("quick", "1@lid"));
  await expect.poll(() => healthy.received.length).toBe(3);
  expect(Date.now() - startedAt).toBeLessThan(900);
});
