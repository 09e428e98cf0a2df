import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Pacer } from "./pacer.ts";

const pacing = fc.record({
  perMinute: fc.double({ min: 0.5, max: 600, noNaN: true }),
  burst: fc.integer({ min: 1, max: 50 }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});

test("in any window no more go than the burst and what the pace allows", () => {
  fc.assert(
    fc.property(pacing, fc.array(fc.nat(30_000), { maxLength: 60 }), (limits, pauses) => {
      let now = 0;
      const pacer = new Pacer(
        limits,
        () => now,
        () => 0.5,
      );
      let sent = 0;
      for (const pause of pauses) {
        now += pause;
        while (pacer.take() === 0) sent += 1;
      }
      expect(sent).toBeLessThanOrEqual(limits.burst + (now / 60_000) * limits.perMinute + 1e-6);
    }),
  );
});

test("who waits as long as told may send, and jitter only ever prolongs the pause", () => {
  fc.assert(
    fc.property(
      pacing,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (limits, chance) => {
        let now = 0;
        const pacer = new Pacer(
          limits,
          () => now,
          () => chance,
        );
        const interval = 60_000 / limits.perMinute;
        for (let sent = 0; sent < 20; sent += 1) {
          const wait = pacer.take();
          expect(wait).toBeLessThanOrEqual(Math.ceil(interval * (1 + limits.jitter)) + 1);
          now += wait;
          if (wait > 0) expect(pacer.take()).toBe(0);
        }
      },
    ),
  );
});

test("what is left is shown", () => {
  let now = 0;
  const pacer = new Pacer(
    { perMinute: 60, burst: 3, jitter: 0 },
    () => now,
    () => 0,
  );
  expect(pacer.pace).toMatchObject({ remaining: 3, nextInMs: 0 });
  for (let sent = 0; sent < 3; sent += 1) pacer.take();
  expect(pacer.pace).toMatchObject({ remaining: 0, nextInMs: 1_000 });
  now += 400;
  expect(pacer.pace).toMatchObject({ remaining: 0, nextInMs: 600 });
});
