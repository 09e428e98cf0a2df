import { expect, test } from "vitest";
import { type Caller, UNBOUND } from "../domain/caller.ts";
import { Seats } from "./seats.ts";

const callerOf = (keyId: string | null): Caller => ({
  name: "k",
  keyId,
  scopes: null,
  instances: null,
  bounds: UNBOUND,
  ended: new AbortController().signal,
});

test("a key has so many seats, another key its own, and the owner as many as there are", () => {
  const seats = new Seats(2);
  const first = seats.take(callerOf("a"));
  expect(seats.take(callerOf("a"))).toBeDefined();
  expect(seats.take(callerOf("a"))).toBeUndefined();
  expect(seats.take(callerOf("b"))).toBeDefined();
  for (let index = 0; index < 5; index += 1) expect(seats.take(callerOf(null))).toBeDefined();
  first?.();
  expect(seats.take(callerOf("a"))).toBeDefined();
  expect(seats.take(callerOf("a"))).toBeUndefined();
});
