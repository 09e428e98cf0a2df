import { expect, test } from "vitest";
import { Alarm } from "./alarm.ts";
import { Slots } from "./slots.ts";

test("a crowd of unproven endpoints cannot take what is kept for the proven", () => {
  const slots = new Slots(4, 2);
  expect([slots.take(false), slots.take(false)].every(Boolean)).toBe(true);
  expect(slots.take(false)).toBeUndefined();
  expect(slots.take(true)).toBeDefined();
  expect(slots.take(true)).toBeDefined();
  expect(slots.take(true)).toBeUndefined();
});

test("a freed slot is offered in turn until somebody takes it", () => {
  const slots = new Slots(1, 0);
  const free = slots.take(true);
  const asked: string[] = [];
  const offer = (name: string, taken: boolean) => () => {
    asked.push(name);
    return taken && slots.take(true) !== undefined;
  };
  slots.await(offer("changed its mind", false), true);
  slots.await(offer("second", true), true);
  slots.await(offer("third", true), true);

  free?.();
  free?.();

  expect(asked).toEqual(["changed its mind", "second"]);
  expect(slots.take(true)).toBeUndefined();
});

test("one alarm rings for each key at its earliest time, and not after it was disposed", async () => {
  const rung: string[] = [];
  using alarm = new Alarm<string>((key) => rung.push(key), Date.now);
  const now = Date.now();
  alarm.set("late", now + 25);
  alarm.set("late", now + 60_000);
  alarm.set("early", now + 5);
  alarm.set("never", now + 60_000);

  await expect.poll(() => rung, { interval: 5 }).toEqual(["early", "late"]);
  alarm[Symbol.dispose]();
  alarm.set("early", now);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(rung).toHaveLength(2);
});
