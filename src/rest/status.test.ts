import { expect, test } from "vitest";
import { ERROR_CODES } from "../domain/errors.ts";
import { statusOf } from "./status.ts";

const DOCUMENTED = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503];

test.each(ERROR_CODES)("%s has a status that the documentation names", (code) => {
  expect(DOCUMENTED).toContain(statusOf(code));
});

test("what is no code of ours has no status, not even what every object has", () => {
  expect(statusOf("GRAPHQL_VALIDATION_FAILED")).toBeUndefined();
  expect(statusOf("constructor")).toBeUndefined();
});
