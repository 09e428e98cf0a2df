import * as fc from "fast-check";
import { expect, test } from "vitest";
import { reconnectDelay } from "./backoff.ts";

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("the first attempt comes within two seconds, later ones further apart but never beyond a quarter of an hour", () => {
  fc.assert(
    fc.property(fc.nat(1_000), random, (failures, chance) => {
      const delay = reconnectDelay(failures, chance);
      expect(delay).toBeGreaterThan(0);
      expect(delay).toBeLessThanOrEqual(15 * 60_000);
      if (failures === 0) expect(delay).toBeLessThan(2_000);
      expect(reconnectDelay(failures + 2, chance)).toBeGreaterThanOrEqual(delay);
    }),
  );
});

test("a thousand instances that fell together do not come back together", () => {
  const delays = Array.from({ length: 1_000 }, (_, at) => reconnectDelay(5, at / 1_000));
  expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(5_000);
});
