import { expect, test } from "vitest";
import { GatewayError } from "../../domain/errors.ts";
import { sendFailure, Unsendable } from "./unsendable.ts";

/** As Baileys throws: a code of its own in `output`, WhatsApp's in `data`. */
const boom = (statusCode: number, data?: number): Error =>
  Object.assign(new Error("boom"), { output: { statusCode }, data });

test.each([
  ["a socket that closed", boom(428)],
  ["a question that was not answered", boom(408)],
  ["a server in trouble", boom(500, 503)],
  ["too many questions", boom(500, 429)],
  ["a bare number", 428],
  ["an error of ours", new GatewayError("NOT_ON_WHATSAPP", "nobody")],
])("%s is no fault of the message", (_, error) => {
  expect(sendFailure(error, false)).toBe(error);
});

test.each([
  ["a session that cannot be built", new Error("No sessions"), false],
  ["what WhatsApp finds malformed", boom(500, 400), false],
  ["somebody who is not there", boom(500, 404), false],
  ["a bug", new TypeError("undefined is no function"), true],
])("%s is", (_, error, toGroup) => {
  const failure = sendFailure(error, toGroup);
  expect(failure).toBeInstanceOf(Unsendable);
  expect((failure as Error).cause).toBe(error);
});

test.each([401, 403, 404, 406])("a group that answers %i is none to write to", (code) => {
  expect(sendFailure(boom(500, code), true)).toMatchObject({ code: "INVALID_RECIPIENT" });
});
