import { expect, test } from "vitest";
import { outgoingHeaders } from "./headers.ts";

test("what belongs to the connection is not the caller's to set", () => {
  const given = {
    Host: "evil.test",
    "Transfer-Encoding": "chunked",
    "accept-encoding": "br",
    "X-A": "b",
  };
  expect(outgoingHeaders({ ...given, "User-Agent": "mine" })).toEqual({
    "accept-encoding": "identity",
    "user-agent": "mine",
    "x-a": "b",
  });
});

test("a header that would split the request is refused", () => {
  expect(() => outgoingHeaders({ "x-a": "b\r\nx-c: d" })).toThrow(TypeError);
});
