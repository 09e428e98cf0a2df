import { expect, test } from "vitest";
import { passLate } from "./late.ts";
import { INSTANCE, newDataDir, openRoom } from "./testing/room.ts";

test("of what waits only those are late that held their chat for too long", async () => {
  using dir = newDataDir();
  await using room = await openRoom(dir.path);
  const input = { url: "http://127.0.0.1:9/", enabled: false };
  const { id } = (await room.webhooks.create(INSTANCE, input)).webhook;
  const { read, writer } = room.database;
  const now = Date.now();
  const add = (from: number, to: number, holdsUntil: number | null, nextAt: number) =>
    writer.write(
      ({ db }) => db.$executeRaw`
        WITH RECURSIVE n(at) AS (SELECT ${from} UNION ALL SELECT at + 1 FROM n WHERE at < ${to})
        INSERT INTO "Delivery" (id, "webhookId", position, "eventId", type, lane, state, "nextAt", "holdsUntil", "createdAt")
        SELECT 'dlv_' || at, ${id}, at, 'evt_' || at, 'call', 'shop|' || at, 'PENDING', ${nextAt}, ${holdsUntil}, 0 FROM n`,
    );
  const quickest = async () => {
    const times: number[] = [];
    for (let at = 0; at < 9; at += 1) {
      const startedAt = performance.now();
      await passLate(room.database, id, now);
      times.push(performance.now() - startedAt);
    }
    return Math.min(...times);
  };
  await add(1, 10, now + 1_000, now + 5_000);
  await add(11, 20, now - 1_000, now - 1);
  const alone = await quickest();
  await add(21, 60_000, null, now + 5_000);
  expect(await quickest()).toBeLessThan(alone * 3 + 0.5);
  expect(await read.delivery.count({ where: { late: true } })).toBe(0);

  await add(70_001, 70_700, now - 1_000, now + 5_000);
  expect(await passLate(room.database, id, now)).toBe(70_001);
  expect(await read.delivery.count({ where: { late: true, holdsUntil: null } })).toBe(700);
  expect(await passLate(room.database, id, now)).toBeUndefined();
});
