import { expect, test } from "vitest";
import { Courier } from "./courier.ts";
import type { CourierParts } from "./courier.ts";
import type { Endpoint } from "./endpoint.ts";
import { Pace, PACE_LIMITS } from "./pace.ts";
import { Receiver } from "./testing/receiver.ts";
import { incoming, INSTANCE, newDataDir, openRoom } from "./testing/room.ts";

test("once an instance is deleted nothing more is posted for it", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start((_, response) => {
    setTimeout(() => response.writeHead(200).end(), 20);
  });
  await using room = await openRoom(dir.path, { drainMs: 0 });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  const told = await room.webhooks.followDeliveries(webhook.id);
  const texts = Array.from({ length: 60 }, (_, at) => `text ${at}`);
  await Promise.all(texts.map((text) => room.events.append(incoming(text))));
  await expect.poll(() => receiver.received.length).toBeGreaterThan(3);

  await room.database.writer.write(async (tx) => {
    await tx.db.instance.deleteMany({ where: { id: INSTANCE } });
    const event = { type: "instance.deleted" } as const;
    await room.events.appendWithin(tx, [{ ...incoming("gone"), event }]);
  });
  const posted = receiver.received.length;
  for await (const _ of told);
  await new Promise((resolve) => setTimeout(resolve, 200));
  // One may have been on its way.
  expect(receiver.received.length - posted).toBeLessThanOrEqual(1);
});

test("a courier whose webhook is gone rests, dead or not", async () => {
  const endpoint = { enabled: true, ordering: "NONE", failingSince: new Date(0), validUntil: null };
  let found: Endpoint | undefined = endpoint as Endpoint;
  let rests = 0;
  const nothing = { deliveries: [], more: { fresh: false, any: false } };
  const courier = new Courier({
    load: () => Promise.resolve(found),
    readDue: () => Promise.resolve(nothing),
    lastPosition: () => Promise.resolve(0),
    nextDueAt: () => Promise.resolve(undefined),
    newPace: (dead: boolean) => new Pace(PACE_LIMITS, Math.random, dead),
    resting: () => (rests += 1),
    now: Date.now,
    withdraw: () => undefined,
  } as Partial<CourierParts> as CourierParts);
  courier.wake();
  await courier.close();
  expect(rests).toBe(0);

  found = undefined;
  courier.refresh(false);
  await courier.close();
  expect(rests).toBe(1);
});
