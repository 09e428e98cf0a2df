import * as fc from "fast-check";
import { Webhook as Verifier } from "standardwebhooks";
import { expect, test } from "vitest";
import { judge, parseRetryAfter } from "./outcome.ts";
import { Pace, PACE_LIMITS } from "./pace.ts";
import { MAX_RETRY_AFTER_MS, RETRY_DELAYS, retryDelay } from "./schedule.ts";
import { newSecret, signatureHeaders } from "./signature.ts";

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("ten tries span 75 hours and 35 minutes", () => {
  const total = RETRY_DELAYS.reduce((sum, delay) => sum + delay, 0);
  expect(RETRY_DELAYS).toHaveLength(9);
  expect(total).toBe((75 * 60 + 35) * 60_000 + 5_000);
});

test("every delay is within a fifth of its place in the schedule, and the schedule ends", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), random, (tries, chance) => {
      const delay = retryDelay(tries, undefined, () => chance);
      const base = RETRY_DELAYS[tries - 1];
      expect(delay === undefined).toBe(base === undefined);
      expect(Math.abs((delay ?? 0) - (base ?? 0))).toBeLessThanOrEqual((base ?? 0) / 5 + 1);
    }),
  );
});

test("Retry-After only ever lengthens a delay, and to a day at most", () => {
  const wish = fc.double({ min: 0, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), wish, random, (tries, retryAfter, chance) => {
      const own = retryDelay(tries, undefined, () => chance) ?? 0;
      const asked = retryDelay(tries, retryAfter, () => chance) ?? 0;
      expect(asked).toBe(Math.max(own, Math.min(retryAfter, MAX_RETRY_AFTER_MS)));
    }),
  );
});

test("a delivery that always fails is tried ten times over more than 60 hours on a virtual clock", () => {
  fc.assert(
    fc.property(fc.array(random, { minLength: 9, maxLength: 9 }), (chances) => {
      let [clock, tries] = [0, 1];
      for (const chance of chances) {
        clock += retryDelay(tries, undefined, () => chance) ?? Number.NaN;
        tries += 1;
      }
      expect(tries).toBe(10);
      expect(retryDelay(tries, undefined, () => 0)).toBeUndefined();
      expect(clock).toBeGreaterThanOrEqual(60 * 3_600_000);
      expect(clock).toBeLessThanOrEqual(91 * 3_600_000);
    }),
  );
});

test("statuses mean what Standard Webhooks says", () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 599 }), (status) => {
      const { kind } = judge({ status, errorCode: null, retryAfter: null }, 0);
      const failed = status === 410 ? "gone" : "retry";
      expect(kind).toBe(status >= 200 && status < 300 ? "delivered" : failed);
    }),
  );
  const cut = { status: 200, errorCode: "TIMEOUT", retryAfter: null };
  expect(judge(cut, 0)).toEqual({ kind: "retry" });
  // The head says it all; whether a body follows does not matter.
  expect(judge({ ...cut, status: 410 }, 0)).toEqual({ kind: "gone" });
});

test.each([
  ["120", 120_000],
  [" 0 ", 0],
  ["Thu, 01 Jan 1970 00:02:00 GMT", 60_000],
  ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ["-5", undefined],
  ["1e3", undefined],
  ["soon", undefined],
  ["", undefined],
])("Retry-After %j is %s ms", (header, expected) => {
  expect(parseRetryAfter(header, 60_000)).toBe(expected);
});

test("whatever a payload holds, the reference library accepts its signature, with either secret of a change", () => {
  const secrets = [newSecret(), newSecret()];
  const now = Math.floor(Date.now() / 1_000);
  const payload = fc.json({ stringUnit: "binary" });
  fc.assert(
    fc.property(payload, fc.stringMatching(/^evt_[0-9A-Z]{26}$/), (body, id) => {
      const headers = signatureHeaders({ id, timestamp: now, body }, secrets);
      for (const secret of secrets) new Verifier(secret).verify(body, headers);
      expect(() => new Verifier(newSecret()).verify(body, headers)).toThrow("No matching");
      expect(() => new Verifier(secrets[0] ?? "").verify(`${body} `, headers)).toThrow(
        "No matching",
      );
    }),
    { numRuns: 1_000 },
  );
});

test("a secret has 32 bytes and is never made twice", () => {
  const secrets = Array.from({ length: 100 }, newSecret);
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) {
    expect(Buffer.from(secret.slice("whsec_".length), "base64")).toHaveLength(32);
  }
});

test("an endpoint that keeps failing is called ever less, whatever went before", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), random, (answers, chance) => {
      const pace = new Pace(PACE_LIMITS, () => chance);
      for (const good of answers) {
        if (good) pace.succeed(5);
        else pace.fail(0);
        expect(pace.allowed(0)).toBeLessThanOrEqual(PACE_LIMITS.most);
        expect(pace.allowed(1e9)).toBeGreaterThanOrEqual(1);
      }
      let [clock, probes] = [1e9, 0];
      const end = clock + 6 * 3_600_000;
      for (; clock < end; probes += 1) {
        expect(pace.allowed(clock)).toBeGreaterThanOrEqual(1);
        pace.fail(clock);
        expect(pace.dead && pace.allowed(clock) > 0).toBe(false);
        clock = Math.max(clock, pace.closedUntil);
      }
      // Six hours at five minutes less a fifth, and the quicker probes of the beginning.
      expect(probes).toBeLessThanOrEqual(110);
    }),
  );
});

test("an endpoint that answers again gets up to speed within a few deliveries", () => {
  const pace = new Pace(PACE_LIMITS, Math.random);
  for (let at = 0; at < 5; at += 1) pace.fail(at * 1e6);
  expect([pace.dead, pace.proven, pace.allowed(1e9)]).toEqual([true, false, 1]);
  for (let at = 0; at < 7; at += 1) pace.succeed(5);
  expect([pace.dead, pace.proven, pace.allowed(1e9)]).toEqual([false, true, 8]);
});

test("what a receiver asked for is not taken back by a good answer that was on its way", () => {
  const pace = new Pace({ ...PACE_LIMITS, patience: 2 }, Math.random);
  pace.succeed(5);
  pace.fail(1_000, 30_000);
  pace.succeed(5);
  expect([pace.closedUntil, pace.allowed(30_999)]).toEqual([31_000, 0]);
  expect(pace.allowed(31_000)).toBeGreaterThan(0);

  pace.fail(40_000);
  pace.fail(40_000);
  expect(pace.allowed(40_001)).toBe(0);
  pace.succeed(5);
  expect(pace.allowed(40_001)).toBeGreaterThan(0);
});

test("an endpoint that takes long to say yes is not proven, and is again once it is quick", () => {
  const pace = new Pace(PACE_LIMITS, Math.random);
  for (let at = 0; at < 9; at += 1) pace.succeed(14_000);
  expect([pace.proven, pace.allowed(0)]).toEqual([false, 8]);
  pace.succeed(5);
  expect(pace.proven).toBe(true);
  pace.succeed(1_000);
  expect(pace.proven).toBe(false);
});
