import { once } from "node:events";
import { expect, test } from "vitest";
import { stoppable } from "../lib/stoppable.ts";
import { beginningWith, leavingOn } from "./stream.ts";

/** Yields what it is given, then waits until it is left. */
function waiting(items: readonly number[]) {
  const state = { left: false };
  const stream = stoppable(async function* (signal) {
    yield* items;
    if (!signal.aborted) await once(signal, "abort");
    state.left = true;
  });
  return { stream, state };
}

test("the item before comes first, then the stream", async () => {
  const stream = beginningWith(0, waiting([1, 2]).stream);
  const seen = [await stream.next(), await stream.next(), await stream.next()];
  expect(seen.map(({ value }) => value)).toEqual([0, 1, 2]);
  await stream.return();
});

test("a stream that was left before it was read begins no more", async () => {
  const stream = beginningWith(0, waiting([1]).stream);
  await stream.return();
  expect((await stream.next()).done).toBe(true);
});

test("leaving ends a stream that waits", async () => {
  const { stream, state } = waiting([]);
  const begun = beginningWith(0, stream);
  await begun.next();
  const last = begun.next();
  await begun.return();
  expect((await last).done).toBe(true);
  expect(state.left).toBe(true);
});

test("a caller that is gone leaves a stream that waits", async () => {
  const gone = new AbortController();
  const { stream } = waiting([]);
  const last = leavingOn(gone.signal, stream).next();
  gone.abort();
  expect((await last).done).toBe(true);
});
