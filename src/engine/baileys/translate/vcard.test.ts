import { expect, test } from "vitest";
import { contactCard } from "./vcard.ts";

test.each([
  [
    "WhatsApp's own number of it",
    "TEL;type=CELL;waid=5511999990001:+55 11 99999-0001",
    ["5511999990001"],
  ],
  ["a number as it was typed", "TEL:+1 (555) 000-1111", ["15550001111"]],
  ["a number in a group of lines", "item1.TEL;waid=49:+49", ["49"]],
  ["a line that goes on", "TEL;type=CE\r\n LL:+4\r\n 9", ["49"]],
  ["the same number twice", "TEL:1\nTEL:+1", ["1"]],
  ["nothing to call", "TEL:none\nNOTE:TEL:5", []],
])("a card gives %s", (_, line, phones) => {
  expect(contactCard({ vcard: `BEGIN:VCARD\r\n${line}\r\nEND:VCARD` }).phones).toEqual(phones);
});

test("the name is the sender's, or the card's own", () => {
  const vcard = "BEGIN:VCARD\nFN;CHARSET=UTF-8:Ana Silva\nEND:VCARD";
  expect(contactCard({ displayName: "Ana", vcard }).name).toBe("Ana");
  expect(contactCard({ vcard }).name).toBe("Ana Silva");
  expect(contactCard({})).toEqual({ name: null, phones: [], vcard: "" });
});
