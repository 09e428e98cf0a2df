import { expect, test } from "vitest";
import { GatewayError } from "../../../domain/errors.ts";
import { type Asking, refusalOf } from "./refusal.ts";

const refused = (data: unknown) => Object.assign(new Error("said so"), { data });

test.each<[Asking, number, string]>([
  ["GROUP", 403, "GROUP_NOT_FOUND"],
  ["GROUP", 404, "GROUP_NOT_FOUND"],
  ["ACT", 403, "NOT_ALLOWED"],
  ["ACT", 401, "NOT_ALLOWED"],
  ["ACT", 404, "GROUP_NOT_FOUND"],
  ["ACT", 406, "BAD_INPUT"],
  ["ACT", 429, "RATE_LIMITED"],
  ["INVITE", 410, "INVITE_INVALID"],
  ["INVITE", 406, "INVITE_INVALID"],
  ["INVITE", 401, "NOT_ALLOWED"],
])("of %s, %i is %s", (asking, data, code) => {
  const error = refusalOf(refused(data), asking);
  expect(error).toBeInstanceOf(GatewayError);
  expect(error).toMatchObject({ code, details: { whatsappCode: data } });
});

test.each([refused(503), refused({ reason: "x" }), new Error("closed"), 428])(
  "%s is no refusal",
  (error) => {
    expect(refusalOf(error, "ACT")).toBe(error);
  },
);
