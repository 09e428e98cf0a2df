import { GraphQLError } from "graphql";
import { expect, test } from "vitest";
import { GatewayError } from "../domain/errors.ts";
import { createLog } from "../lib/log.ts";
import { createMaskError } from "./errors.ts";

function masking() {
  const lines: string[] = [];
  const mask = createMaskError(createLog("debug", { write: (line) => void lines.push(line) }));
  return { mask, lines };
}

test("a gateway's error keeps its words, its code and its details, however deep it is wrapped", () => {
  const { mask, lines } = masking();
  const thrown = new GatewayError("CURSOR_EXPIRED", "Start again.", { oldest: "o", head: "h" });
  const inner = new GraphQLError("x", { originalError: thrown, path: ["events"] });
  const shown = mask(new GraphQLError("y", { originalError: inner, path: ["events"] }));
  expect(shown.toJSON()).toEqual({
    message: "Start again.",
    path: ["events"],
    extensions: { code: "CURSOR_EXPIRED", oldest: "o", head: "h" },
  });
  expect(lines).toEqual([]);
});

test("GraphQL's own errors are made for callers and pass", () => {
  const { mask, lines } = masking();
  const error = new GraphQLError('Cannot query field "x".');
  expect(mask(error)).toBe(error);
  expect(lines).toEqual([]);
});

test.each([new TypeError("the password is hunter2"), "the password is hunter2", undefined])(
  "of a bug only a number leaves, by which the log knows it: %s",
  (bug) => {
    const { mask, lines } = masking();
    const shown = mask(bug);
    const { requestId } = shown.extensions;
    expect(shown.extensions).toEqual({ code: "INTERNAL", requestId: expect.any(String) as string });
    expect(shown.message).toContain(String(requestId));
    expect(JSON.stringify(shown)).not.toContain("hunter2");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(String(requestId));
  },
);

test("the log says what a bug was and where in the operation", () => {
  const { mask, lines } = masking();
  mask(new GraphQLError("x", { originalError: new TypeError("boom"), path: ["a", 0, "b"] }));
  expect(JSON.parse(lines[0] ?? "{}")).toMatchObject({ at: "a.0.b", err: { message: "boom" } });
});
