import { expect, test } from "vitest";
import { searchOf } from "./search.ts";

const ANYWHERE = { instanceId: "me", chatIds: undefined, senderIds: undefined };

const textOf = (text: string): string =>
  searchOf(text, ANYWHERE).replace(`place : (("6d65")) AND text : `, "");

test.each([
  ["hello", `("hello"*)`],
  ["  Hello,   world ", `("Hello" AND "world"*)`],
  ["can't", `("can" AND "t"*)`],
  ["12,50 €", `("12" AND "50"*)`],
  ["हिन्दी भाषा", `("हिन्दी" AND "भाषा"*)`],
  [`") OR place : ("`, `("OR" AND "place"*)`],
  ["NOT a NEAR(b) AND c*^-x", `("NOT" AND "a" AND "NEAR" AND "b" AND "AND" AND "c" AND "x"*)`],
  ["a\0b", `("a" AND "b"*)`],
])("%j is words alone", (text, expected) => {
  expect(textOf(text)).toBe(expected);
});

test("an account, its chats and people are one word each", () => {
  const places = { instanceId: "a-b", chatIds: ["1@lid", "2@g.us"], senderIds: ["1@lid"] };
  expect(searchOf("hi", places)).toBe(
    `place : (("612d62") AND ("31406c6964" OR "3240672e7573") AND ("31406c6964")) AND text : ("hi"*)`,
  );
});

test.each(["", "   ", "🎉 !?", `"`, "a ".repeat(17), "x".repeat(201)])("%j is refused", (text) => {
  expect(() => searchOf(text, ANYWHERE)).toThrow(
    expect.objectContaining({ code: "BAD_INPUT" }) as Error,
  );
});
