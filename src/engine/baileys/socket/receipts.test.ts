import { expect, test } from "vitest";
import { addressOf } from "../../../domain/address.ts";
import { ackOf, readOf, receiptOf } from "./receipts.ts";

const attrs = { id: "A", from: "222:3@s.whatsapp.net", t: "1700000000" };

test.each([
  [undefined, "DELIVERED"],
  ["read", "READ"],
  ["played", "PLAYED"],
])("a receipt of type %s", (type, status) => {
  const typed = type === undefined ? attrs : { ...attrs, type };
  expect(receiptOf({ tag: "receipt", attrs: typed })).toEqual({
    kind: "receipt",
    ids: ["A"],
    chat: "222@s.whatsapp.net",
    participant: null,
    status,
    at: new Date(1_700_000_000_000),
  });
});

test("one receipt may speak for several messages of a group's member", () => {
  const list = ["B", "C"].map((id) => ({ tag: "item", attrs: { id } }));
  const receipt = receiptOf({
    tag: "receipt",
    attrs: { ...attrs, from: "1@g.us", participant: "800:2@lid", type: "read" },
    content: [{ tag: "list", attrs: {}, content: list }],
  });
  expect(receipt).toMatchObject({ ids: ["A", "B", "C"], chat: "1@g.us", participant: "800@lid" });
});

test.each(["retry", "inactive", "read-self", "sender", "server-error", "hist_sync"])(
  "a receipt of type %s says nothing about our messages' way",
  (type) => expect(receiptOf({ tag: "receipt", attrs: { ...attrs, type } })).toBeUndefined(),
);

test("what another device of ours confirms is no receipt of ours", () => {
  expect(receiptOf({ tag: "receipt", attrs: { ...attrs, recipient: "333@lid" } })).toBeUndefined();
});

test("acks are good or carry a code", () => {
  expect(ackOf({ tag: "ack", attrs })).toMatchObject({ id: "A", error: null });
  expect(ackOf({ tag: "ack", attrs: { ...attrs, error: "479" } })).toMatchObject({ error: 479 });
  expect(ackOf({ tag: "ack", attrs: {} })).toBeUndefined();
});

const me = addressOf("222@s.whatsapp.net", "800@lid");

test.each([
  ["read", { from: "222@s.whatsapp.net", recipient: "333@s.whatsapp.net" }, "333@s.whatsapp.net"],
  ["read-self", { from: "800:3@lid", recipient: "900@lid" }, "900@lid"],
  ["read", { from: "1@g.us", participant: "800:2@lid" }, "1@g.us"],
])("a receipt of type %s from a device of ours tells what was read there", (type, origin, chat) => {
  const node = { tag: "receipt", attrs: { id: "A", t: "1700000000", type, ...origin } };
  expect(readOf(node, me)).toEqual({
    kind: "read",
    chat,
    ids: ["A"],
    at: new Date(1_700_000_000_000),
  });
});

test.each([
  ["somebody else's", { type: "read", from: "333@s.whatsapp.net" }],
  ["somebody else's in a group", { type: "read", from: "1@g.us", participant: "333@lid" }],
  ["one of delivery", { from: "222:3@s.whatsapp.net", recipient: "333@s.whatsapp.net" }],
  ["one of another kind", { type: "played", from: "800@lid", recipient: "333@lid" }],
  ["one that names no chat", { type: "read", from: "222@s.whatsapp.net" }],
])("%s receipt tells of nothing read here", (_, origin) => {
  expect(readOf({ tag: "receipt", attrs: { id: "A", t: "1", ...origin } }, me)).toBeUndefined();
});
