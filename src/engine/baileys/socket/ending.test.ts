import { expect, test } from "vitest";
import { saidBy } from "./ending.ts";

test("an end is understood however it is told", () => {
  expect(saidBy(undefined)).toMatchObject({ code: null });
  expect(saidBy(1006)).toEqual({
    code: null,
    conflict: null,
    message: "The socket closed with code 1006.",
  });
  expect(saidBy(new Error("plain"))).toEqual({ code: null, conflict: null, message: "plain" });
  const boom = Object.assign(new Error("Stream Errored (conflict)"), {
    output: { statusCode: 440 },
    data: { tag: "conflict", attrs: { type: "device_removed" } },
  });
  expect(saidBy(boom)).toMatchObject({ code: 440, conflict: "device_removed" });
});
