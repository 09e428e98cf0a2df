import { expect, test } from "vitest";
import { tempDatabase } from "../../test/support/temp-database.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { Database } from "../store/database.ts";
import { MINUTES, ThroughputMeter } from "./throughput.ts";

const MINUTE_MS = 60_000;
/** In the middle of a minute. */
const NOW = 30_000_000 * MINUTE_MS + 30_000;
const [A, B] = ["a" as InstanceId, "b" as InstanceId];

interface Row {
  readonly instanceId: InstanceId;
  readonly type: string;
  readonly minutesAgo: number;
}

/** Makes up a log of such events, and what measures it. */
function meterOf(database: Database) {
  const extent = { logId: "log", oldest: 1, head: 0 };
  const clock = { now: NOW };
  async function put(rows: readonly Row[]): Promise<void> {
    const { head } = extent;
    const logged = rows.map(({ minutesAgo, ...row }, at) => {
      return { ...row, position: head + at + 1, loggedAt: clock.now - minutesAgo * MINUTE_MS };
    });
    await database.writer.write(
      ({ db }) => db.$executeRaw`
        INSERT INTO "Event" (position, id, "instanceId", type, "occurredAt", "whileOffline", data, "loggedAt")
        SELECT value ->> 'position', value ->> 'position', value ->> 'instanceId', value ->> 'type', 0, 0,
          '{}', value ->> 'loggedAt' FROM json_each(${JSON.stringify(logged)})`,
    );
    extent.head += rows.length;
  }
  return {
    put,
    extent,
    clock,
    meter: new ThroughputMeter(database.read, { extent }, () => clock.now),
  };
}

const message = (instanceId: InstanceId, minutesAgo: number, type = "message.received"): Row => ({
  instanceId,
  type,
  minutesAgo,
});

test("messages are counted by account and minute, each once, whoever asks", async () => {
  await using database = await tempDatabase();
  const { put, clock, meter } = meterOf(database);
  await put([message(A, 60), message(A, 59), message(A, 1), message(B, 1), message(A, 1)]);
  await put([message(A, 0, "message.sent"), message(A, 0, "message.status"), message(B, 0)]);

  const [first, twice] = await Promise.all([meter.of(A), meter.of(A)]);
  expect(twice).toEqual(first);
  expect(first.from).toEqual(new Date(NOW - 30_000 - 59 * MINUTE_MS));
  expect(first.received).toHaveLength(MINUTES);
  expect([first.received[0], first.received[58], first.received[59]]).toEqual([1, 2, 0]);
  expect(first.sent[59]).toBe(1);
  expect((await meter.of(B)).received.slice(-2)).toEqual([1, 1]);
  expect((await meter.of()).received.slice(-2)).toEqual([3, 1]);
  expect((await meter.of("nobody" as InstanceId)).received).toEqual(Array(60).fill(0));

  // Two minutes later all has moved, and only what is new is added.
  clock.now += 2 * MINUTE_MS;
  await put([message(A, 0)]);
  const later = await meter.of(A);
  expect([later.received[0], later.received[56], later.received[59]]).toEqual([0, 2, 1]);
  expect(later.received.reduce((sum, count) => sum + count)).toBe(3);
});

test("of a long log only the last hour is read", async () => {
  await using database = await tempDatabase();
  const { put, extent, meter } = meterOf(database);
  for (let at = 0; at < 4; at += 1) {
    await put(Array.from({ length: 4_000 }, () => message(A, 600 - at)));
  }
  await put(Array.from({ length: 7_000 }, (_, at) => message(A, 40 - Math.floor(at / 1_000))));
  const { received } = await meter.of();
  expect(received.reduce((sum, count) => sum + count)).toBe(7_000);
  expect(received.slice(19, 26)).toEqual(Array(7).fill(1_000));

  // What retention removes was counted; what was removed before anybody asked cannot be.
  await put([message(B, 0)]);
  extent.oldest = extent.head + 1;
  expect((await meter.of(B)).received[59]).toBe(0);
});
