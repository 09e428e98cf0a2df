import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Backoff } from "./backoff.ts";

const MINUTE_MS = 60_000;

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("the first attempt comes within two seconds, later ones further apart but never beyond a quarter of an hour", () => {
  fc.assert(
    fc.property(random, (chance) => {
      const backoff = new Backoff(
        () => 0,
        () => chance,
      );
      const delays = Array.from({ length: 40 }, () => backoff.next(false).delayMs);
      expect(delays[0]).toBeLessThan(2_000);
      for (const [at, delay] of delays.entries()) {
        expect(delay).toBeGreaterThan(0);
        expect(delay).toBeLessThanOrEqual(15 * MINUTE_MS);
        expect(delay).toBeGreaterThanOrEqual(delays[at - 2] ?? 0);
      }
    }),
  );
});

test("a thousand instances that fell together do not come back together", () => {
  const delays = Array.from({ length: 1_000 }, (_, at) => {
    const backoff = new Backoff(
      () => 0,
      () => at / 1_000,
    );
    for (let failed = 0; failed < 5; failed += 1) backoff.next(false);
    return backoff.next(false).delayMs;
  });
  expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(5_000);
});

test("only a connection that held for more than two minutes forgives what failed before it", () => {
  let now = 0;
  const backoff = new Backoff(
    () => now,
    () => 0,
  );
  const hold = (ms: number) => {
    backoff.opened();
    now += ms;
    backoff.closed();
    return backoff.next(false).failures;
  };
  expect(hold(1)).toBe(1);
  expect(hold(2 * MINUTE_MS)).toBe(2);
  expect(hold(2 * MINUTE_MS + 1)).toBe(1);
  // Time that passes while it is down is no stability.
  now += 60 * MINUTE_MS;
  backoff.closed();
  expect(backoff.next(false).failures).toBe(2);
});

test("a connection that fails again and again is a loop: it is said so, and attempts are a quarter of an hour apart", () => {
  const backoff = new Backoff(
    () => 0,
    () => 0,
  );
  const attempts = Array.from({ length: 14 }, () => backoff.next(false));
  expect(attempts.slice(0, 10).some(({ isLooping }) => isLooping)).toBe(false);
  for (const { delayMs, isLooping } of attempts.slice(10)) {
    expect([delayMs, isLooping]).toEqual([15 * MINUTE_MS, true]);
  }
});

test("a failure of ours neither counts nor waits", () => {
  const backoff = new Backoff(
    () => 0,
    () => 0,
  );
  for (let failed = 0; failed < 8; failed += 1) backoff.next(false);
  expect(backoff.next(true)).toEqual({ delayMs: 500, failures: 8, isLooping: false });
});
