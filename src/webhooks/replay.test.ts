import { expect, test } from "vitest";
import { Receiver } from "./testing/receiver.ts";
import { incoming, INSTANCE, newDataDir, openRoom, textsOf } from "./testing/room.ts";

test("events after a cursor are sent again under their own ids, those from before the webhook included", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using room = await openRoom(dir.path);
  await room.events.append(incoming("before"));
  await room.events.append(incoming("early"));
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  await room.events.append(incoming("live"));
  await expect.poll(() => textsOf(receiver.bodies)).toEqual(["live"]);
  await settled(room, webhook.id, 1);

  const { id } = await room.webhooks.replay(webhook.id, { after: room.events.cursorAt(1) });
  expect(await ended(room, id)).toMatchObject({ total: 2, examined: 2, queued: 2 });

  await expect.poll(() => textsOf(receiver.bodies)).toEqual(["live", "early", "live"]);
  const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect(ids[2]).toBe(ids[0]);
  const { deliveries } = await room.webhooks.deliveries(webhook.id, { limit: 9 });
  expect(deliveries.map(({ replayed }) => replayed)).toEqual([true, true]);
});

test("everything since a time is sent again, filtered as live events are", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using room = await openRoom(dir.path);
  const { webhook } = await room.webhooks.create(INSTANCE, {
    url: receiver.url,
    events: ["message.*"],
    enabled: false,
  });
  const since = new Date();
  for (let at = 0; at < 600; at += 1) void room.events.append(incoming(`text ${at}`, "a@lid"));
  await room.events.append({
    ...incoming(""),
    event: { type: "connection.open", phoneNumber: "5511999999999" },
  });

  const opened = await room.webhooks.replay(webhook.id, { since });
  expect(opened).toMatchObject({ total: 601, examined: 0, queued: 0, doneAt: null });
  const told = await all(room.webhooks.followReplay(opened.id));
  expect(told.map(({ examined }) => examined)).toEqual([...new Set(told.map((t) => t.examined))]);
  expect(told.at(-1)).toMatchObject({ total: 601, examined: 601, queued: 600 });
  expect(told.at(-1)?.doneAt).toBeInstanceOf(Date);
  expect(await room.webhooks.replays(webhook.id, 9)).toEqual(told.slice(-1));
  await room.webhooks.update(webhook.id, { enabled: true });

  await expect.poll(() => receiver.received.length).toBe(600);
  expect(textsOf(receiver.bodies)).toEqual(Array.from({ length: 600 }, (_, at) => `text ${at}`));
});

test("single deliveries are sent again, whatever became of them", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(500);
  await using room = await openRoom(dir.path, { retryDelays: [] });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  await room.events.append(incoming("one"));
  const [failed] = await settled(room, webhook.id, 1);
  expect(failed).toMatchObject({ state: "FAILED" });

  receiver.answer = 200;
  const deliveryIds = [failed?.id ?? "", "dlv_of_nobody"];
  const replay = await room.webhooks.replay(webhook.id, { deliveryIds });
  expect(replay).toMatchObject({ total: 2, examined: 2, queued: 1 });
  expect(replay.doneAt).toBeInstanceOf(Date);

  await expect.poll(() => receiver.received.length).toBe(2);
  const [again] = await settled(room, webhook.id, 1);
  expect(again).toMatchObject({ id: failed?.id, state: "DELIVERED", tries: 1, replayed: true });
  const attempts = await room.webhooks.attempts([failed?.id ?? ("" as never)]);
  expect([...attempts.values()].flat().map(({ status }) => status)).toEqual([500, 200]);
});

test.each(["by its id", "by its place in the log"])(
  "what waits for its next try is sent now when it is replayed %s",
  async (way) => {
    using dir = newDataDir();
    await using receiver = await Receiver.start(500);
    await using room = await openRoom(dir.path, { retryDelays: [36_000_000] });
    const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
    await room.events.append(incoming("waits"));
    const read = async () => (await room.webhooks.deliveries(webhook.id, { limit: 9 })).deliveries;
    await expect.poll(read).toMatchObject([{ tries: 1 }]);
    const [pending] = await read();

    receiver.answer = 200;
    const deliveryIds = [pending?.id ?? ""];
    const replay = await room.webhooks.replay(
      webhook.id,
      way === "by its id" ? { deliveryIds } : { after: "earliest" },
    );
    expect((await ended(room, replay.id))?.queued).toBe(1);

    const done = [{ state: "DELIVERED", tries: 2, replayed: false }];
    await expect.poll(read).toMatchObject(done);
  },
);

test("live events do not wait behind a replay of their chat", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start((_, response) => {
    setTimeout(() => response.writeHead(200).end(), 5);
  });
  await using room = await openRoom(dir.path);
  for (let at = 0; at < 300; at += 1) void room.events.append(incoming(`old ${at}`));
  await room.events.append(incoming("old 300"));
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });

  await room.webhooks.replay(webhook.id, { after: "earliest" });
  await room.events.append(incoming("live"));

  await expect.poll(() => receiver.received.length).toBe(302);
  const texts = textsOf(receiver.bodies);
  expect(texts.indexOf("live")).toBeLessThan(100);
  expect(texts.filter((text) => text !== "live")).toEqual(
    Array.from({ length: 301 }, (_, at) => `old ${at}`),
  );
});

test("a replay that a crash cut off goes on where it was", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  let webhookId: string;
  {
    await using room = await openRoom(dir.path);
    for (let at = 0; at < 9; at += 1) void room.events.append(incoming(`old ${at}`));
    await room.events.append(incoming("old 9"));
    const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
    webhookId = webhook.id;
    await room.database.writer.write(({ db }) =>
      db.replay.create({
        data: { id: "cut", webhookId, after: 6, to: 10, total: 10, createdAt: new Date() },
      }),
    );
  }

  await using room = await openRoom(dir.path);
  await expect.poll(() => textsOf(receiver.bodies)).toEqual(["old 6", "old 7", "old 8", "old 9"]);
  expect(await room.database.read.replay.count({ where: { doneAt: null } })).toBe(0);
});

test("a replay that the database could not take goes on once it can", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using room = await openRoom(dir.path, { storePauseMs: 20 });
  for (let at = 0; at < 600; at += 1) void room.events.append(incoming(`${at}`, `${at % 9}@lid`));
  await room.events.append(incoming("last"));
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  const { writer, read } = room.database;
  await writer.write(
    ({ db }) => db.$executeRaw`CREATE TRIGGER full BEFORE INSERT ON "Delivery"
      BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`,
  );
  const { id } = await room.webhooks.replay(webhook.id, { after: "earliest" });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await read.delivery.count()).toBe(0);

  await writer.write(({ db }) => db.$executeRaw`DROP TRIGGER full`);
  expect(await ended(room, id)).toMatchObject({ total: 601, queued: 601 });
});

test("a webhook has one replay at work and a few that wait; more are refused", async () => {
  using dir = newDataDir();
  await using room = await openRoom(dir.path);
  for (let at = 0; at < 3_000; at += 1) void room.events.append(incoming(`${at}`));
  await room.events.append(incoming("last"));
  const input = { url: "http://127.0.0.1:9/", enabled: false };
  const { webhook } = await room.webhooks.create(INSTANCE, input);
  const asked = Array.from({ length: 9 }, () =>
    room.webhooks.replay(webhook.id, { after: "earliest" }),
  );
  const answers = await Promise.allSettled(asked);
  const opened = answers.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const refused = answers.flatMap((each) =>
    each.status === "rejected" ? [each.reason as unknown] : [],
  );
  expect(opened).toHaveLength(5);
  expect(refused[0]).toMatchObject({ code: "BAD_INPUT" });

  const started = async () => {
    const rows = await room.webhooks.replays(webhook.id, 9);
    return rows.filter(({ examined, doneAt }) => examined > 0 && doneAt === null).length;
  };
  let most = 0;
  while ((await room.webhooks.replays(webhook.id, 9)).some(({ doneAt }) => doneAt === null)) {
    most = Math.max(most, await started());
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(most).toBeLessThanOrEqual(1);
  await room.webhooks.replay(webhook.id, { after: "earliest" });
});

/** How a replay ended. */
async function ended(room: Awaited<ReturnType<typeof openRoom>>, id: string) {
  return (await all(room.webhooks.followReplay(id))).at(-1);
}

async function settled(room: Awaited<ReturnType<typeof openRoom>>, id: string, count: number) {
  const read = async () => (await room.webhooks.deliveries(id, { limit: 99 })).deliveries;
  const isDone = async () => (await read()).filter(({ doneAt }) => doneAt !== null).length;
  await expect.poll(isDone).toBe(count);
  return read();
}

async function all<T>(stream: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}
