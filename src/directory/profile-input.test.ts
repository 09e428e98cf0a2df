import { expect, test } from "vitest";
import { aboutIn, privacyIn } from "./profile-input.ts";

test("what is given of the privacy settings is changed, and nothing else", () => {
  expect(privacyIn({ lastSeen: "NOBODY", online: null, calls: "KNOWN" })).toEqual([
    ["lastSeen", "NOBODY"],
    ["calls", "KNOWN"],
  ]);
});

test.each([
  [{}, /at least one/],
  [{ picture: null }, /at least one/],
  [{ readReceipts: "CONTACTS" }, /EVERYONE, NOBODY for readReceipts, not CONTACTS/],
  [{ lastSeen: "SAME_AS_LAST_SEEN" }, /for lastSeen/],
] as const)("%j is refused", (change, message) => {
  expect(() => privacyIn(change)).toThrow(message);
});

test("an about is as long as WhatsApp takes it", () => {
  expect(aboutIn("x".repeat(139))).toHaveLength(139);
  expect(aboutIn("")).toBe("");
  expect(() => aboutIn("x".repeat(140))).toThrow("at most 139");
});
