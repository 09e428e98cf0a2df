import { expect, test, vi } from "vitest";
import { steadyNow } from "../lib/steady-clock.ts";
import { Receiver } from "./testing/receiver.ts";
import { incoming, INSTANCE, newDataDir, openRoom, textsOf } from "./testing/room.ts";
import { ORDERINGS } from "./webhooks.ts";

/** Dead after one failure, and probed all the time. */
const PACE = { usual: 8, most: 8, patience: 1, firstProbeMs: 10, lastProbeMs: 20 };

const TEN_HOURS_MS = 36_000_000;

test.each(ORDERINGS)("after an outage all that waits is called back (%s)", async (ordering) => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(500);
  let passed = 0;
  const now = () => Date.now() + passed;
  const slow = { ...PACE, firstProbeMs: 300_000, lastProbeMs: 300_000 };
  const options = { now, pace: { ...slow, patience: 3 }, retryDelays: [TEN_HOURS_MS] };
  await using room = await openRoom(dir.path, options);
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url, ordering });
  for (const at of [1, 2, 3]) {
    await room.events.append(incoming(`old ${at}`, `${at}@lid`));
    await expect.poll(() => receiver.received.length).toBe(at);
  }
  const triesOf = async () =>
    (await room.webhooks.deliveries(webhook.id, { limit: 9 })).deliveries.map(({ tries }) => tries);
  await expect.poll(triesOf).toEqual([1, 1, 1]);

  passed = 600_000;
  receiver.answer = 200;
  await room.events.append(incoming("new", "b@lid"));

  await expect.poll(() => receiver.received.length).toBe(7);
  const texts = textsOf(receiver.bodies.slice(3));
  expect(texts.toSorted()).toEqual(["new", "old 1", "old 2", "old 3"]);
});

test("a restart during an outage forfeits nothing", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(500);
  let passed = 0;
  const options = {
    now: () => Date.now() + passed,
    pace: { ...PACE, patience: 3 },
    retryDelays: [TEN_HOURS_MS],
  };
  {
    await using room = await openRoom(dir.path, options);
    const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
    await room.events.append(incoming("old 1", "1@lid"));
    await room.events.append(incoming("old 2", "2@lid"));
    await expect.poll(() => receiver.received.length).toBe(2);
    const failing = async () => (await room.webhooks.get(webhook.id)).failingSince;
    await expect.poll(failing).not.toBeNull();
  }

  passed = 600_000;
  receiver.answer = 200;
  await using room = await openRoom(dir.path, options);
  await room.events.append(incoming("new", "b@lid"));

  await expect.poll(() => receiver.received.length).toBe(5);
  const texts = textsOf(receiver.bodies.slice(2));
  expect(texts.toSorted()).toEqual(["new", "old 1", "old 2"]);
});

test("a chat keeps its order through an outage, and probes use up no tries", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(500);
  let passed = 0;
  const now = () => Date.now() + passed;
  await using room = await openRoom(dir.path, { now, pace: PACE, retryDelays: [TEN_HOURS_MS] });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  const texts = Array.from({ length: 12 }, (_, at) => `text ${at}`);
  await Promise.all(texts.map((text) => room.events.append(incoming(text))));
  await expect.poll(() => receiver.received.length).toBeGreaterThan(1);

  // Longer than the others of a chat wait for one that fails.
  passed = 600_000;
  const before = receiver.received.length;
  await expect.poll(() => receiver.received.length).toBeGreaterThan(before + 3);
  expect(new Set(textsOf(receiver.bodies))).toEqual(new Set(["text 0"]));
  const refused = receiver.received.length;
  receiver.answer = (_, response) => {
    setTimeout(() => response.writeHead(200).end(), receiver.received.length % 2 ? 10 : 1);
  };

  await expect.poll(() => [...new Set(textsOf(receiver.bodies.slice(refused)))]).toEqual(texts);
  const read = async () => (await room.webhooks.deliveries(webhook.id, { limit: 20 })).deliveries;
  await expect
    .poll(async () => (await read()).filter(({ state }) => state === "DELIVERED").length)
    .toBe(12);
  expect((await read()).filter(({ late }) => late)).toEqual([]);
  expect((await read()).at(-1)).toMatchObject({ tries: 2 });
});

test("a machine's clock that is wrong changes no wait", async () => {
  const real = Date.now.bind(Date);
  using _ = { [Symbol.dispose]: () => void vi.restoreAllMocks() };
  vi.spyOn(Date, "now").mockImplementation(() => real() + 3_600_000);
  using dir = newDataDir();
  await using receiver = await Receiver.start(({ body }, response) => {
    if (!body.includes("bad")) return response.writeHead(200).end();
    const after = new Date(Date.now() + 2_000).toUTCString();
    return response.writeHead(500, { "retry-after": body.includes("dated") ? after : "0" }).end();
  });
  const patient = { ...PACE, patience: 99 };
  const options = { retryDelays: [TEN_HOURS_MS], orderWaitMs: 300, pace: patient };
  await using room = await openRoom(dir.path, options);
  await room.webhooks.create(INSTANCE, { url: receiver.url });
  await room.events.append(incoming("bad"));
  await room.events.append(incoming("next"));
  await expect.poll(() => textsOf(receiver.bodies)).toEqual(["bad", "next"]);

  const dated = await room.webhooks.create(INSTANCE, {
    url: receiver.url,
    retryDelaysMs: [1_000],
  });
  await room.events.append(incoming("bad dated", "b@lid"));
  const nextAt = async () =>
    (await room.webhooks.deliveries(dated.webhook.id, { limit: 1 })).deliveries[0]?.nextAttemptAt;
  await expect.poll(nextAt).toBeInstanceOf(Date);
  expect((await nextAt())?.getTime()).toBeLessThan(steadyNow() + 10_000);
});

test("what an address was asked to wait for does not hold for the next one", async () => {
  using dir = newDataDir();
  await using old = await Receiver.start((_, response) => {
    response.writeHead(429, { "retry-after": "3600" }).end();
  });
  await using fresh = await Receiver.start();
  await using room = await openRoom(dir.path);
  const { webhook } = await room.webhooks.create(INSTANCE, { url: old.url });
  await room.events.append(incoming("one", "a@lid"));
  const failing = async () => (await room.webhooks.get(webhook.id)).failingSince;
  await expect.poll(failing).not.toBeNull();

  const changed = await room.webhooks.update(webhook.id, { url: fresh.url });
  expect(changed.failingSince).toBeNull();
  await room.events.append(incoming("two", "b@lid"));
  await expect.poll(() => textsOf(fresh.bodies).toSorted()).toEqual(["one", "two"]);
});

test("a dead endpoint that is enabled again is called at once", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(500);
  const pace = { ...PACE, firstProbeMs: 300_000, lastProbeMs: 300_000 };
  await using room = await openRoom(dir.path, { pace, retryDelays: [TEN_HOURS_MS] });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  await room.events.append(incoming("one"));
  const failing = async () => (await room.webhooks.get(webhook.id)).failingSince;
  await expect.poll(failing).not.toBeNull();

  receiver.answer = 200;
  await room.webhooks.update(webhook.id, { enabled: false });
  await room.webhooks.update(webhook.id, { enabled: true });
  await expect.poll(() => textsOf(receiver.bodies)).toEqual(["one", "one"]);
});

test("a dead endpoint whose time comes while it is looked at is not forgotten", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(500);
  const now = hastyClock();
  await using room = await openRoom(dir.path, { now, pace: PACE, retryDelays: [TEN_HOURS_MS] });
  await room.webhooks.create(INSTANCE, { url: receiver.url });
  await room.events.append(incoming("text"));

  await expect.poll(() => receiver.received.length).toBeGreaterThan(100);
});

test("a retry that is due while others are looked at is not forgotten", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(500);
  const pace = { ...PACE, patience: 9_999 };
  const retryDelays = [200, TEN_HOURS_MS];
  await using room = await openRoom(dir.path, { now: hastyClock(), pace, retryDelays });
  await room.webhooks.create(INSTANCE, { url: receiver.url });
  const chats = Array.from({ length: 20 }, (_, at) => `${at}@lid`);
  await Promise.all(chats.map((chat) => room.events.append(incoming("text", chat))));

  await expect.poll(() => receiver.received.length).toBe(20 * 2);
});

/** Each look at this clock is later than the one before: between any two of them a wait may end. */
function hastyClock(): () => number {
  let ahead = 0;
  return () => Date.now() + (ahead += Math.floor(Math.random() * 12));
}
