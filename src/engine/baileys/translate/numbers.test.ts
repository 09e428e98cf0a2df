import { expect, test } from "vitest";
import { count, instant, whole } from "./numbers.ts";

test.each([
  [0, 0, 0],
  ["7", 7, 7],
  [2_147_483_647, 2_147_483_647, 2_147_483_647],
  [4_294_967_295, 4_294_967_295, null],
  [9_007_199_254_740_992, null, null],
  [-1, null, null],
  [1.5, null, null],
  [null, null, null],
])("%s is whole as %s and told as %s", (given, asWhole, told) => {
  expect(whole(given)).toBe(asWhole);
  expect(count(given)).toBe(told);
});

test.each([
  ["1700000000", new Date(1_700_000_000_000)],
  [0, null],
  ["8640000000001", null],
  ["yesterday", null],
])("%s is the time %s", (seconds, at) => {
  expect(instant(seconds)).toEqual(at);
});
