import { expect, test } from "vitest";
import { groupIdIn, inviteCodeIn, settingsIn } from "./group-input.ts";

test.each([
  ["120363000000000001@g.us", "120363000000000001@g.us"],
  [" 120363000000000001 ", "120363000000000001@g.us"],
  ["5511999990001-1500000000@g.us", "5511999990001-1500000000@g.us"],
])("%j names a group", (text, jid) => {
  expect(groupIdIn(text)).toBe(jid);
});

test.each(["", "us", "5511999990001@s.whatsapp.net", "1@g.us@g.us", "120363 1@g.us", "-@g.us"])(
  "%j names none",
  (text) => {
    expect(() => groupIdIn(text)).toThrow("is no id of a group");
  },
);

test.each([
  "AbCdEfGhIjKlMnOpQrStUv",
  "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv",
  "chat.whatsapp.com/invite/AbCdEfGhIjKlMnOpQrStUv?mode=ac_c",
])("%j is an invitation", (text) => {
  expect(inviteCodeIn(text)).toBe("AbCdEfGhIjKlMnOpQrStUv");
});

test.each(["", "short", "https://example.com/AbCdEfGhIjKlMnOpQrStUv", "AbCdEfGhIj KlMn"])(
  "%j is none",
  (text) => {
    expect(() => inviteCodeIn(text)).toThrow("is no link to a group");
  },
);

test("what is given is changed, and nothing else", () => {
  expect(
    settingsIn({ subject: " Us ", description: "", locked: false, announcement: null }),
  ).toEqual([
    { kind: "SUBJECT", subject: "Us" },
    { kind: "DESCRIPTION", description: "" },
    { kind: "LOCKED", isOn: false },
  ]);
});

test.each([
  [{}, /at least one thing/],
  [{ subject: " " }, /from 1 to 100/],
  [{ subject: "x".repeat(101) }, /from 1 to 100/],
  [{ description: "x".repeat(2_049) }, /at most 2048/],
  [{ disappearingSeconds: 60 }, /0, 86400/],
])("%j is refused", (change, message) => {
  expect(() => settingsIn(change)).toThrow(message);
});
