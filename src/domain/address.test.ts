import { describe, expect, test } from "vitest";
import { addressOf, bareJid, phoneDigits, phoneOf } from "./address.ts";

test("people are addressed, not their devices", () => {
  expect(bareJid("5511999990001:7@s.whatsapp.net")).toBe("5511999990001@s.whatsapp.net");
  expect(bareJid("98765_1:3@lid")).toBe("98765@lid");
  expect(bareJid("5511999990001@c.us")).toBe("5511999990001@s.whatsapp.net");
  expect(phoneOf("5511999990001:7@s.whatsapp.net")).toBe("5511999990001");
});

test("the LID is the stable name, in whatever order the names come", () => {
  const address = { id: "9@lid", pn: "5511@s.whatsapp.net", lid: "9@lid" };
  expect(addressOf("5511@s.whatsapp.net", "9@lid")).toEqual(address);
  expect(addressOf("9@lid", null, "5511@s.whatsapp.net")).toEqual(address);
  expect(addressOf("1203@g.us")).toEqual({ id: "1203@g.us", pn: null, lid: null });
});

describe("phone numbers as people write them", () => {
  test.each([
    ["5511999999999", "5511999999999"],
    ["+55 11 99999-9999", "5511999999999"],
    ["+1 (415) 555.0100", "14155550100"],
    ["005511999999999", "5511999999999"],
  ])("%s", (text, digits) => expect(phoneDigits(text)).toBe(digits));

  test.each(["", "abc", "0", "123", "55119999999999999", "5511 9999 ramal 2", "٥٥١١٩٩٩٩"])(
    "%j is none",
    (text) => expect(phoneDigits(text)).toBeUndefined(),
  );
});
