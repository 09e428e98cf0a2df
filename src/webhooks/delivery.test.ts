import { Webhook as Verifier } from "standardwebhooks";
import { expect, test } from "vitest";
import { Receiver } from "./testing/receiver.ts";
import { incoming, INSTANCE, newDataDir, openRoom, textsOf } from "./testing/room.ts";

/** Milliseconds: short enough to wait for. */
const QUICK = [20, 20, 20];

test("an event is posted with a signature that the reference library accepts", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using room = await openRoom(dir.path);
  const { secret } = await room.webhooks.create(INSTANCE, {
    url: receiver.url,
    headers: { Authorization: "Bearer of news" },
  });

  await room.events.append(incoming("hello"));

  await expect.poll(() => receiver.received.length).toBe(1);
  const { headers, body } = receiver.only;
  const verified = new Verifier(secret).verify(body, headers as Record<string, string>);
  expect(verified).toMatchObject({
    id: headers["webhook-id"],
    type: "message.received",
    instanceId: INSTANCE,
    cursor: room.events.cursorAt(1),
    data: { message: { text: "hello", chat: { id: "111@lid", pn: null, lid: "111@lid" } } },
  });
  expect(headers).toMatchObject({
    "content-type": "application/json",
    authorization: "Bearer of news",
  });
});

test("a failure is tried again under the same id with a fresh timestamp, and every try is on record", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start((_, response) => {
    const status = receiver.received.length === 1 ? 500 : 200;
    response.writeHead(status).end(status === 500 ? "out of order" : "thanks");
  });
  let clock = 1_700_000_000_000;
  await using room = await openRoom(dir.path, { now: () => (clock += 1_000), retryDelays: [1] });
  const { webhook, secret } = await room.webhooks.create(INSTANCE, { url: receiver.url });

  await room.events.append(incoming("again"));

  await expect.poll(async () => (await history(room, webhook.id)).state).toBe("DELIVERED");
  const [first, second] = receiver.received.map(({ headers }) => headers);
  expect(first?.["webhook-id"]).toBe(second?.["webhook-id"]);
  expect(Number(second?.["webhook-timestamp"])).toBeGreaterThan(
    Number(first?.["webhook-timestamp"]),
  );
  expect(first?.["webhook-signature"]).not.toBe(second?.["webhook-signature"]);
  expect(secret).toMatch(/^whsec_/);
  expect((await history(room, webhook.id)).attempts).toMatchObject([
    { status: 500, response: "out of order", errorCode: null },
    { status: 200, response: "thanks", errorCode: null, nextAttemptAt: null },
  ]);
  expect((await history(room, webhook.id)).attempts[0]?.nextAttemptAt).toBeInstanceOf(Date);
});

test("a restart in the middle loses nothing", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(() => undefined);
  const texts = Array.from({ length: 30 }, (_, at) => `text ${at}`);
  {
    await using room = await openRoom(dir.path, { drainMs: 0 });
    await room.webhooks.create(INSTANCE, { url: receiver.url });
    await Promise.all(texts.map((text, at) => room.events.append(incoming(text, `${at % 3}@lid`))));
    await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
  }
  const cut = receiver.received.length;
  receiver.answer = 200;

  await using _room = await openRoom(dir.path);
  await expect.poll(() => new Set(textsOf(receiver.bodies.slice(cut))).size).toBe(texts.length);
  expect(receiver.received).toHaveLength(cut + texts.length);
});

test("after the last try a delivery has failed, and stays on record", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(503);
  const pace = { usual: 8, most: 8, patience: 99, firstProbeMs: 1, lastProbeMs: 1 };
  await using room = await openRoom(dir.path, { retryDelays: QUICK, pace });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });

  await room.events.append(incoming("in vain"));

  await expect.poll(async () => (await history(room, webhook.id)).state).toBe("FAILED");
  const { tries, attempts } = await history(room, webhook.id);
  expect(tries).toBe(QUICK.length + 1);
  expect(attempts.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  expect(receiver.received).toHaveLength(QUICK.length + 1);
});

async function history(room: Awaited<ReturnType<typeof openRoom>>, webhookId: string) {
  const { deliveries } = await room.webhooks.deliveries(webhookId, { limit: 1 });
  const [delivery] = deliveries;
  if (!delivery) throw new Error("no delivery yet");
  const attempts = (await room.webhooks.attempts([delivery.id])).get(delivery.id) ?? [];
  return { ...delivery, attempts };
}
