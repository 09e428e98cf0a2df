import { expect, test } from "vitest";
import { BlobError } from "../../blobs/blob-store.ts";
import { GatewayError } from "../../domain/errors.ts";
import { setbackOf } from "./setback.ts";

const NOW = 1_000_000;
const failed = (code: GatewayError["code"]) => new GatewayError(code, "no");

test("what no try would change is given up at once", () => {
  for (const code of ["MEDIA_GONE", "MEDIA_INVALID", "MEDIA_TOO_LARGE"] as const) {
    expect(setbackOf(failed(code), 0, NOW)).toEqual({ dueAt: null, error: code });
  }
});

test("a host that is away is asked for 32 hours, ever more seldom", () => {
  const waits: number[] = [];
  for (let attempts = 0; ; attempts += 1) {
    const setback = setbackOf(failed("MEDIA_UNREACHABLE"), attempts, NOW);
    if (setback === undefined || setback.dueAt === null) {
      expect(setback).toEqual({ dueAt: null, error: "MEDIA_UNREACHABLE" });
      break;
    }
    expect(setback.attempts).toBe(attempts + 1);
    waits.push(setback.dueAt - NOW);
  }
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect([waits.length, waits[0], Math.round(hours)]).toEqual([11, 5_000, 32]);
});

test("want of places counts as no try, and a message that cannot be read as one", () => {
  expect(setbackOf(failed("UNAVAILABLE"), 3, NOW)).toMatchObject({ attempts: 3, error: null });
  expect(setbackOf(new TypeError("a bug"), 3, NOW)).toMatchObject({ attempts: 4 });
});

test("the store's trouble is all copies' trouble", () => {
  expect(setbackOf(new BlobError("FAILED", "full"), 0, NOW)).toBeUndefined();
  expect(setbackOf(failed("STORE_FAILED"), 0, NOW)).toBeUndefined();
});
