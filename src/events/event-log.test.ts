import * as fc from "fast-check";
import { expect, test } from "vitest";
import { tempDatabase } from "../../test/support/temp-database.ts";
import type { InstanceId } from "../domain/ids.ts";
import { EventLog } from "./event-log.ts";
import { EVERYTHING, checkFilter } from "./filter.ts";

const draft = (phoneNumber: string, instanceId = "one") => ({
  instanceId: instanceId as InstanceId,
  event: { type: "connection.open", phoneNumber } as const,
  occurredAt: new Date(1_000),
  whileOffline: false,
  epoch: null,
});

test("positions are dense and in commit order, whatever fails between them", async () => {
  await using database = await tempDatabase();
  const log = await EventLog.open(database, []);
  await Promise.allSettled(
    Array.from({ length: 60 }, (_, at) =>
      at % 7 === 3
        ? database.writer.write(async (tx) => {
            await log.appendWithin(tx, [draft("lost")]);
            throw new Error("rolled back");
          })
        : log.append(draft(String(at))),
    ),
  );
  const { events } = await log.read(0, 200, EVERYTHING);
  expect(events.map(({ position }) => position)).toEqual(events.map((_, at) => at + 1));
  expect(events.some(({ event }) => "phoneNumber" in event && event.phoneNumber === "lost")).toBe(
    false,
  );
  expect(log.extent.head).toBe(events.length);
});

test("a filtered page is read past long silences, and says how far it looked", async () => {
  await using database = await tempDatabase();
  const log = await EventLog.open(database, []);
  await log.append(draft("first", "quiet"));
  await Promise.all(Array.from({ length: 6_000 }, () => log.append(draft("x"))));
  await log.append(draft("last", "quiet"));
  const page = await log.read(0, 10, checkFilter({ instanceIds: ["quiet"] }));
  expect(page.events.map(({ position }) => position)).toEqual([1, 6_002]);
  expect(page.readTo).toBe(6_002);
  const back = await log.readBefore(6_002, 10, checkFilter({ instanceIds: ["quiet"] }));
  expect(back.events.map(({ position }) => position)).toEqual([1]);
});

test("a follower of what never comes looks up from time to time", async () => {
  await using database = await tempDatabase();
  const log = await EventLog.open(database, []);
  await Promise.all(Array.from({ length: 12_000 }, () => log.append(draft("x"))));
  const page = await log.read(0, 10, checkFilter({ instanceIds: ["quiet"] }), 1);
  expect(page).toEqual({ events: [], readTo: 5_000 });
});

test("a type that does not exist is refused, a pattern stands for its types", () => {
  expect(() => checkFilter({ types: ["message.recieved"] })).toThrow(
    /no event type "message.recieved"/,
  );
  expect(checkFilter({ types: ["connection.*"] }).types).toEqual([
    "connection.open",
    "connection.close",
  ]);
  expect(checkFilter({ types: ["*"] }).types).toBeNull();
});

test("leaving a quiet stream frees its place in the log", async () => {
  await using database = await tempDatabase();
  const log = await EventLog.open(database, []);
  const stream = log.follow(0, EVERYTHING);
  const pending = stream.next();
  await expect.poll(() => log.waiting).toBe(1);
  await stream.return();
  await expect(pending).resolves.toMatchObject({ done: true });
  expect(log.waiting).toBe(0);
});

test("replay and live are one path: readers at random times see every event once and in order", async () => {
  await using database = await tempDatabase();
  const log = await EventLog.open(database, []);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("append", "burst", "turn", "subscribe", "resume"), {
        minLength: 5,
        maxLength: 30,
      }),
      async (steps) => {
        const start = log.extent.head;
        const readers: { stop(): Promise<void>; seen: number[] }[] = [];
        const read = (after: number, seen: number[]) => {
          const stream = log.follow(after, EVERYTHING);
          const done = (async () => {
            for await (const item of stream)
              if (item.kind === "event") seen.push(item.logged.position);
          })();
          readers.push({
            seen,
            stop: async () => {
              await stream.return();
              await done;
            },
          });
        };
        const writes: Promise<unknown>[] = [];
        for (const step of steps) {
          if (step === "append") writes.push(log.append(draft("x")));
          if (step === "burst") for (let n = 0; n < 30; n++) writes.push(log.append(draft("x")));
          if (step === "turn") await new Promise((resolve) => setImmediate(resolve));
          if (step === "subscribe") read(start, []);
          const interrupted = step === "resume" ? readers.pop() : undefined;
          if (interrupted) {
            await interrupted.stop();
            read(interrupted.seen.at(-1) ?? start, interrupted.seen);
          }
        }
        read(start, []);
        await Promise.all(writes);
        const all = Array.from({ length: log.extent.head - start }, (_, at) => start + at + 1);
        for (const { seen } of readers) await expect.poll(() => seen.length).toBe(all.length);
        for (const each of readers) {
          expect(each.seen).toEqual(all);
          await each.stop();
        }
      },
    ),
    { numRuns: 10 },
  );
}, 60_000);
