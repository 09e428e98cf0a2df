import { GatewayError } from "../../../domain/errors.ts";
import { expect, test } from "vitest";
import { refusalOf } from "./refusal.ts";

const refusal = (data: unknown) => refusalOf(Object.assign(new Error("not-acceptable"), { data }));

test.each([
  [429, "RATE_LIMITED", /Wait some minutes/],
  [406, "BAD_INPUT", /not-acceptable \(406\)/],
])("a refusal with %i is %s", (whatsappCode, code, message) => {
  const error = refusal(whatsappCode);
  expect(error).toBeInstanceOf(GatewayError);
  expect(error).toMatchObject({
    code,
    details: { whatsappCode },
    message: expect.stringMatching(message) as string,
  });
});

test.each([500, 503, { stack: "timed out" }, undefined])("%j is no refusal", (data) => {
  expect(refusal(data)).not.toBeInstanceOf(GatewayError);
});

test("neither is what is no error at all", () => {
  expect(refusalOf(428)).toBe(428);
});
