import { expect, test } from "vitest";
import { batched } from "./batch.ts";

function counting() {
  const calls: (readonly number[])[] = [];
  const double = batched(async (_: object, keys: readonly number[]) => {
    calls.push(keys);
    return new Map(keys.map((key) => [key, key * 2]));
  });
  return { calls, double };
}

test("what is asked in one turn is loaded together, each key once", async () => {
  const { calls, double } = counting();
  const operation = {};
  const late = Promise.resolve().then(() => double(operation, 3));
  expect(
    await Promise.all([double(operation, 1), double(operation, 2), double(operation, 1), late]),
  ).toEqual([2, 4, 2, 6]);
  expect(calls).toEqual([[1, 2, 3]]);
});

test("operations do not share, and nothing is remembered", async () => {
  const { calls, double } = counting();
  const operation = {};
  await Promise.all([double(operation, 1), double({}, 1)]);
  await double(operation, 1);
  expect(calls).toEqual([[1], [1], [1]]);
});

test("a failure reaches everyone who asked, and the next turn tries again", async () => {
  let fails = true;
  const load = batched(async (_: object, keys: readonly string[]) => {
    if (fails) throw new Error("away");
    return new Map(keys.map((key) => [key, key]));
  });
  const operation = {};
  const both = await Promise.allSettled([load(operation, "a"), load(operation, "b")]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  fails = false;
  expect(await load(operation, "a")).toBe("a");
});
