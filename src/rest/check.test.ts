import { expect, test } from "vitest";
import { z } from "zod";
import { Refusal } from "./answer.ts";
import { checked } from "./check.ts";
import { limit, newWebhook, webhookOrUrl } from "./fields.ts";

function refusalOf(schema: z.ZodType, value: unknown): unknown {
  try {
    checked(schema, value, "body");
  } catch (error) {
    if (error instanceof Refusal) return error.answer.body;
    throw error;
  }
  throw new Error("was taken");
}

test("says which field is wrong and why, and gives the same as details", () => {
  const body = refusalOf(z.strictObject({ to: z.string(), message: z.string() }), { to: 5 });
  expect(body).toMatchObject({
    error: {
      code: "BAD_INPUT",
      message: expect.stringMatching(/to: must be of type string.*message: is missing/) as string,
      details: { issues: [{ path: "to" }, { path: "message" }] },
    },
  });
});

test("a misspelt field is refused and named", () => {
  expect(refusalOf(newWebhook, { url: "https://a.example", event: ["*"] })).toMatchObject({
    error: { message: expect.stringContaining("no field event") as string },
  });
});

test("of two shapes the fault is told of the one that was meant", () => {
  const schema = z.strictObject({ webhook: webhookOrUrl });
  expect(refusalOf(schema, { webhook: { url: 5 } })).toMatchObject({
    error: { details: { issues: [{ path: "webhook.url" }] } },
  });
  expect(refusalOf(schema, { webhook: 5 })).toMatchObject({
    error: {
      details: { issues: [{ path: "webhook", message: expect.stringContaining("URL") as string }] },
    },
  });
});

test("a webhook may be its URL alone", () => {
  expect(checked(webhookOrUrl, "https://a.example", "body")).toEqual({ url: "https://a.example" });
});

test("a limit is a whole number from 1 to 200", () => {
  expect(checked(limit, "200", "query")).toBe(200);
});

test.each(["0", "201", "1.5", "ten", "-1"])("%s is no limit", (bad) => {
  expect(() => checked(limit, bad, "query")).toThrow(Refusal);
});
