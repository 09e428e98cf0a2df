import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeCursor, encodeCursor, positionAfter } from "./cursor.ts";

const log = { logId: "a1b2c3", oldest: 100, head: 200 };
const at = (position: number, logId = log.logId) => ({ logId, position });

test("a cursor comes back as it went out, and is plain ASCII for headers and URLs", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 14 }), (position) => {
      const text = encodeCursor(at(position));
      expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(decodeCursor(text)).toEqual(at(position));
    }),
  );
});

test("nothing else is taken for a cursor", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => decodeCursor(text)).toThrow(expect.objectContaining({ code: "CURSOR_INVALID" }));
    }),
  );
});

describe("a cursor against the log", () => {
  test.each([99, 100, 150, 200])("%i is read after", (position) => {
    expect(positionAfter(at(position), log)).toBe(position);
  });

  test.each([
    [at(98), "CURSOR_EXPIRED"],
    [at(201), "CURSOR_AHEAD"],
    [at(150, "other"), "CURSOR_FOREIGN"],
  ])("%j is %s, with both ends to go on from", (cursor, code) => {
    let thrown: unknown;
    try {
      positionAfter(cursor, log);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code,
      details: { oldest: encodeCursor(at(99)), head: encodeCursor(at(200)) },
    });
  });
});
