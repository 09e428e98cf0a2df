import { expect, test } from "vitest";
import type { DeliveryId } from "../domain/ids.ts";
import { Receiver } from "./testing/receiver.ts";
import { incoming, INSTANCE, newDataDir, openRoom } from "./testing/room.ts";

test("an answer is kept up to 16 KiB as it is stored, whatever its bytes", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start((_, response) => {
    response.writeHead(200).end(Buffer.alloc(20_000, 0xff));
  });
  await using room = await openRoom(dir.path);
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  await room.events.append(incoming("hello"));
  const read = async () => (await room.webhooks.deliveries(webhook.id, { limit: 1 })).deliveries;
  await expect.poll(read).toMatchObject([{ state: "DELIVERED" }]);

  const attempts = await room.webhooks.attempts((await read()).map(({ id }) => id));
  const [attempt] = [...attempts.values()].flat();
  const bytes = Buffer.byteLength(attempt?.response ?? "");
  expect(bytes).toBeLessThanOrEqual(16_384);
  expect(bytes).toBeGreaterThan(16_380);
  expect(attempt?.response).toMatch(/^\u{FFFD}+$/u);
});

test("the parts of an attempt's time add up to no more than the whole", async () => {
  using dir = newDataDir();
  await using room = await openRoom(dir.path, {
    post: () =>
      Promise.resolve({
        status: 200,
        headers: new Map(),
        body: new Uint8Array(),
        truncated: false,
        timings: { dnsMs: 100, connectMs: 50, firstByteMs: 170, totalMs: 180 },
      }),
  });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: "http://127.0.0.1:9/" });
  await room.events.append(incoming("hello"));
  const read = async () => (await room.webhooks.deliveries(webhook.id, { limit: 1 })).deliveries;
  await expect.poll(read).toMatchObject([{ state: "DELIVERED" }]);
  const attempts = await room.webhooks.attempts((await read()).map(({ id }) => id));
  const parts = { dnsMs: 100, connectMs: 50, firstByteMs: 20, durationMs: 180 };
  expect([...attempts.values()].flat()).toMatchObject([parts]);
});

test("of a delivery's attempts the last twenty are read", async () => {
  using dir = newDataDir();
  await using room = await openRoom(dir.path);
  const input = { url: "http://127.0.0.1:9/", enabled: false };
  const { webhook } = await room.webhooks.create(INSTANCE, input);
  await room.events.append(incoming("hello"));
  await room.webhooks.replay(webhook.id, { after: "earliest" });
  const read = async () => (await room.webhooks.deliveries(webhook.id, { limit: 1 })).deliveries;
  await expect.poll(async () => (await read()).length).toBe(1);
  const [delivery] = await read();
  const id = delivery?.id ?? ("" as DeliveryId);
  await room.database.writer.write(({ db }) =>
    db.attempt.createMany({
      data: Array.from({ length: 50 }, (_, at) => ({
        id: `att_${at + 10}`,
        deliveryId: id,
        webhookId: webhook.id,
        at: new Date(),
        durationMs: at,
      })),
    }),
  );

  const attempts = (await room.webhooks.attempts([id])).get(id);
  const last = Array.from({ length: 20 }, (_, at) => at + 30);
  expect(attempts?.map(({ durationMs }) => durationMs)).toEqual(last);
});

test("a body that cannot be made is a try that is on record", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  let broken = true;
  await using room = await openRoom(dir.path, {
    retryDelays: [30],
    drawQr: () => {
      if (broken) throw new Error("no pen");
      return "<svg/>";
    },
  });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  const event = { type: "qr.update", text: "1,2", expiresAt: new Date() } as const;
  await room.events.append({ ...incoming(""), event });
  const read = async () => (await room.webhooks.deliveries(webhook.id, { limit: 1 })).deliveries;
  await expect.poll(read).toMatchObject([{ tries: 1 }]);

  broken = false;
  await room.webhooks.replay(webhook.id, { deliveryIds: (await read()).map(({ id }) => id) });
  await expect.poll(() => receiver.received.length).toBe(1);
  const attempts = await room.webhooks.attempts((await read()).map(({ id }) => id));
  expect([...attempts.values()].flat()[0]).toMatchObject({ status: null, errorCode: "INTERNAL" });
  expect((await room.webhooks.get(webhook.id)).failingSince).toBeNull();
});
