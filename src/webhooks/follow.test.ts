import { expect, test } from "vitest";
import type { Delivery } from "./webhooks.ts";
import { Receiver } from "./testing/receiver.ts";
import { incoming, INSTANCE, newDataDir, openRoom } from "./testing/room.ts";

/** Reads a stream as its reader would, and remembers. */
function reading(stream: AsyncGenerator<Delivery, void, undefined>) {
  const seen: Delivery[] = [];
  const over = (async () => {
    for await (const delivery of stream) seen.push(delivery);
  })();
  return { seen, over };
}

test("a follower sees what is made and what becomes of it, of its webhook alone", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start((_, response) => {
    response.writeHead(receiver.received.length === 1 ? 500 : 200).end();
  });
  await using other = await Receiver.start();
  await using room = await openRoom(dir.path, { retryDelays: [30] });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  await room.webhooks.create(INSTANCE, { url: other.url });
  const stream = await room.webhooks.followDeliveries(webhook.id);
  const { seen, over } = reading(stream);

  await room.events.append(incoming("hello"));

  await expect.poll(() => seen.at(-1)?.state).toBe("DELIVERED");
  expect(new Set(seen.map(({ webhookId }) => webhookId))).toEqual(new Set([webhook.id]));
  expect(seen.some(({ state, tries }) => state === "PENDING" && tries === 1)).toBe(true);
  expect(seen.at(-1)).toMatchObject({ eventType: "message.received", tries: 2 });
  await stream.return();
  await over;
});

test("nothing of before is told, and a burst is told completely", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using room = await openRoom(dir.path);
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url, ordering: "NONE" });
  await room.events.append(incoming("before"));
  await expect.poll(() => receiver.received.length).toBe(1);
  const settled = async () => (await room.webhooks.statistics([webhook.id])).get(webhook.id);
  await expect.poll(async () => (await settled())?.delivered).toBe(1);
  const stream = await room.webhooks.followDeliveries(webhook.id);
  const { seen, over } = reading(stream);

  await Promise.all(Array.from({ length: 450 }, (_, at) => room.events.append(incoming(`${at}`))));

  const done = () => seen.flatMap(({ id, state }) => (state === "DELIVERED" ? [id] : []));
  await expect.poll(() => new Set(done()).size).toBe(450);
  await stream.return();
  await over;
});

test("a stream ends when its reader leaves, when the webhook is deleted, and with the gateway", async () => {
  using dir = newDataDir();
  await using room = await openRoom(dir.path);
  const make = async () =>
    (await room.webhooks.create(INSTANCE, { url: "http://127.0.0.1:9/" })).webhook.id;
  const [left, deleted, cut] = [await make(), await make(), await make()];
  const leaving = new AbortController();
  const streams = [
    reading(await room.webhooks.followDeliveries(left, leaving.signal)),
    reading(await room.webhooks.followDeliveries(deleted)),
    reading(await room.webhooks.followDeliveries(cut)),
  ] as const;
  leaving.abort();
  await streams[0].over;
  await room.webhooks.delete(deleted);
  await streams[1].over;
  await room.webhooks[Symbol.asyncDispose]();
  await streams[2].over;
  await expect(room.webhooks.followDeliveries("wh_none")).rejects.toMatchObject({
    code: "WEBHOOK_NOT_FOUND",
  });
});
