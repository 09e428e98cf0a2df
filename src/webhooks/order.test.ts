import { expect, test } from "vitest";
import { Receiver } from "./testing/receiver.ts";
import { incoming, INSTANCE, newDataDir, openRoom, textsOf } from "./testing/room.ts";

/** A receiver that is never given up, whatever it answers. */
const PATIENT = { usual: 8, most: 8, patience: 1_000, firstProbeMs: 1, lastProbeMs: 1 };

test("within a chat the events come in order while chats run side by side", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start((_, response) => {
    setTimeout(() => response.writeHead(200).end(), 1 + Math.random() * 5);
  });
  await using room = await openRoom(dir.path);
  await room.webhooks.create(INSTANCE, { url: receiver.url });
  const chats = ["a@lid", "b@lid", "c@lid", "d@g.us"];

  await Promise.all(
    Array.from({ length: 100 }, (_, at) => {
      const chat = chats[at % chats.length] ?? "";
      return room.events.append(incoming(`${chat} ${at}`, chat));
    }),
  );

  await expect.poll(() => receiver.received.length).toBe(100);
  const texts = textsOf(receiver.bodies);
  for (const chat of chats) {
    const numbers = texts.filter((text) => text.startsWith(chat)).map(numberOf);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
  expect(receiver.mostOpen).toBeGreaterThan(1);
  expect(receiver.mostOpen).toBeLessThanOrEqual(chats.length);
});

test("a failing event keeps its own chat waiting and no other", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(({ body }, response) => {
    const failing = body.includes("a 0") && receiver.received.length < 12;
    response.writeHead(failing ? 500 : 200).end();
  });
  await using room = await openRoom(dir.path, { retryDelays: Array(9).fill(40), pace: PATIENT });
  await room.webhooks.create(INSTANCE, { url: receiver.url });

  for (const at of [0, 1, 2, 3, 4]) {
    await room.events.append(incoming(`a ${at}`, "a@lid"));
    await room.events.append(incoming(`b ${at}`, "b@lid"));
  }

  await expect.poll(() => new Set(textsOf(receiver.bodies)).size).toBe(10);
  const texts = textsOf(receiver.bodies);
  expect(texts.lastIndexOf("b 4")).toBeLessThan(texts.indexOf("a 1"));
  expect(texts.lastIndexOf("a 0")).toBeLessThan(texts.indexOf("a 1"));
  expect(texts.filter((text) => text.startsWith("a") && text !== "a 0")).toEqual(
    ["a 1", "a 2", "a 3", "a 4"], // each once
  );
});

test("a chat waits only so long for one that fails; then it goes on and the late one is marked", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(({ body }, response) => {
    const tries = textsOf(receiver.bodies).filter((text) => text === "late").length;
    response.writeHead(body.includes("late") && tries < 3 ? 500 : 200).end();
  });
  const options = { retryDelays: [30, 300], orderWaitMs: 100, pace: PATIENT };
  await using room = await openRoom(dir.path, options);
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });

  const startedAt = Date.now();
  await room.events.append(incoming("late"));
  await room.events.append(incoming("next"));
  await room.events.append(incoming("last"));

  await expect
    .poll(() => textsOf(receiver.bodies))
    .toEqual(["late", "late", "next", "last", "late"]);
  const overtaking = receiver.received[2];
  expect((overtaking?.at ?? 0) - startedAt).toBeGreaterThanOrEqual(95);
  await expect
    .poll(async () => (await room.webhooks.deliveries(webhook.id, { limit: 9 })).deliveries)
    .toMatchObject([
      { state: "DELIVERED", late: false },
      { state: "DELIVERED", late: false },
      { state: "DELIVERED", late: true, tries: 3 },
    ]);
});

test("without order a failing event keeps nobody waiting", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(({ body }, response) => {
    response.writeHead(body.includes("first") ? 500 : 200).end();
  });
  await using room = await openRoom(dir.path, { retryDelays: [10_000], pace: PATIENT });
  await room.webhooks.create(INSTANCE, { url: receiver.url, ordering: "NONE" });

  await room.events.append(incoming("first"));
  await room.events.append(incoming("second"));

  await expect.poll(() => textsOf(receiver.bodies)).toEqual(["first", "second"]);
});

test("the same chat of two instances is two chats", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(({ body }, response) => {
    if (!body.includes("stuck")) response.writeHead(200).end();
  });
  await using room = await openRoom(dir.path, { drainMs: 0 });
  await room.webhooks.create(null, { url: receiver.url });
  const other = incoming("free", "a@lid", "other" as typeof INSTANCE);

  await room.events.append(incoming("warm", "w@lid"));
  await expect.poll(() => receiver.received.length).toBe(1);
  await room.events.append(incoming("stuck", "a@lid"));
  await room.events.append(other);

  await expect.poll(() => textsOf(receiver.bodies)).toContain("free");
});

function numberOf(text: string): number {
  return Number(text.split(" ").at(-1));
}
