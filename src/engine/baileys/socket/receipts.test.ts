import { expect, test } from "vitest";
import { ackOf, receiptOf } from "./receipts.ts";

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
