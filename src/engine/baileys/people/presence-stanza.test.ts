import { expect, test } from "vitest";
import { createAddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import { presenceOf } from "./presence-stanza.ts";

const book = createAddressBook({ get: () => ({}) });
const ALICE = { id: "9@lid", pn: null, lid: "9@lid" };

const presence = (attrs: Record<string, string>): BinaryNode => ({ tag: "presence", attrs });
const typing = (tag: string, attrs = {}, who = {}): BinaryNode => ({
  tag: "chatstate",
  attrs: { from: "9@lid", ...who },
  content: [{ tag, attrs }],
});

test.each([
  [presence({ from: "9@lid" }), "AVAILABLE", null],
  [presence({ from: "9@lid", type: "unavailable", last: "deny" }), "UNAVAILABLE", null],
  [presence({ from: "9@lid", type: "unavailable", last: "1700000000" }), "UNAVAILABLE", 17e11],
  [typing("composing"), "COMPOSING", null],
  [typing("composing", { media: "audio" }), "RECORDING", null],
  [typing("paused"), "PAUSED", null],
])("%j is %s", async (node, kind, seen) => {
  expect(await presenceOf(node, book)).toEqual({
    type: "presence.update",
    chat: ALICE,
    contact: ALICE,
    presence: kind,
    lastSeen: seen === null ? null : new Date(seen),
  });
});

test("in a group it says who", async () => {
  const node = typing("composing", {}, { from: "1@g.us", participant: "9@lid" });
  expect(await presenceOf(node, book)).toMatchObject({ chat: { id: "1@g.us" }, contact: ALICE });
});

test.each([
  presence({}),
  presence({ from: "9@lid", type: "error" }),
  typing("singing"),
  { tag: "chatstate", attrs: { from: "9@lid" } },
  presence({ from: "1@newsletter" }),
])("%j says nothing", async (node) => {
  expect(await presenceOf(node, book)).toBeUndefined();
});
