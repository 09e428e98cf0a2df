import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Turnstile } from "./turnstile.ts";

test("all pass, in order, and never more in a turn than it holds", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 80 }), { minLength: 1, maxLength: 40 }),
      async (weights) => {
        const turnstile = new Turnstile(50);
        let now = 0;
        // Begun before the turnstile's own, so that it comes first in each turn.
        const tick = () => {
          now += 1;
          ticking = setImmediate(tick);
        };
        let ticking = setImmediate(tick);
        const passed: { readonly at: number; readonly turn: number }[] = [];
        const all = Promise.all(
          weights.map(async (weight, at) => {
            await turnstile.pass(weight);
            passed.push({ at, turn: now });
          }),
        );
        await all;
        clearImmediate(ticking);
        expect(passed.map(({ at }) => at)).toEqual(weights.map((_, at) => at));
        for (const group of Object.values(Object.groupBy(passed, (each) => each.turn))) {
          const weight = (group ?? []).reduce((sum, { at }) => sum + (weights[at] ?? 0), 0);
          if ((group ?? []).filter(({ at }) => (weights[at] ?? 0) > 0).length > 1)
            expect(weight).toBeLessThanOrEqual(50);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("what weighs more than a turn holds passes all the same", async () => {
  const turnstile = new Turnstile(50);
  const passed: number[] = [];
  for (const weight of [50, 500, 1]) {
    await turnstile.pass(weight);
    passed.push(weight);
  }
  expect(passed).toEqual([50, 500, 1]);
});

test("a timer is on time beside readers that never come to an end", async () => {
  const turnstile = new Turnstile(50);
  const over = new AbortController();
  const busy = async () => {
    while (!over.signal.aborted) {
      await turnstile.pass(50);
      const until = performance.now() + 2;
      while (performance.now() < until);
    }
  };
  const readers = Array.from({ length: 100 }, busy);
  const late: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    const due = performance.now() + 5;
    await new Promise((resolve) => setTimeout(resolve, 5));
    late.push(performance.now() - due);
  }
  over.abort();
  await Promise.all(readers);
  // Without it each would have its turn in between: 200 ms.
  expect(Math.max(...late)).toBeLessThan(100);
});
