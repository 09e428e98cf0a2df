import { expect, test } from "vitest";
import { Semaphore } from "./semaphore.ts";

const never = new AbortController().signal;

test("permits are handed on in the order of asking, and giving one back twice counts once", async () => {
  const semaphore = new Semaphore(1);
  const order: string[] = [];
  const first = await semaphore.acquire(never);
  const second = semaphore
    .acquire(never)
    .then((release) => [order.push("second"), release] as const);
  const third = semaphore.acquire(never).then((release) => [order.push("third"), release] as const);
  first();
  first();
  const [, release] = await second;
  await Promise.resolve();
  expect(order).toEqual(["second"]);
  release();
  await third;
  expect(order).toEqual(["second", "third"]);
});

test("who gives up takes no permit, even when it was handed over in the same turn", async () => {
  const semaphore = new Semaphore(1);
  const release = await semaphore.acquire(never);
  const early = new AbortController();
  const late = new AbortController();
  const gaveUp = semaphore.acquire(early.signal).catch((error: unknown) => error);
  const missed = semaphore.acquire(late.signal).catch((error: unknown) => error);
  early.abort("early");
  expect(await gaveUp).toBe("early");
  late.abort("late");
  release();
  expect(await missed).toBe("late");
  expect(await semaphore.acquire(AbortSignal.timeout(50))).toBeTypeOf("function");
});
