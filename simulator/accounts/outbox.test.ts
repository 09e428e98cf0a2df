import { expect, test } from "vitest";
import { Outbox } from "./outbox.ts";

const ALICE = "5511999990002@s.whatsapp.net";
const BOB = "5511999990003@s.whatsapp.net";
const GROUP = "120363000000000001@g.us";

function outboxWith(...nodes: { tag: string; attrs: Record<string, string> }[]): Outbox {
  const outbox = new Outbox(() => undefined);
  for (const node of nodes) outbox.add(node);
  return outbox;
}

test("senders choose ids, so a receipt confirms only the message of the chat it names", () => {
  const outbox = outboxWith(
    { tag: "message", attrs: { id: "1", from: ALICE } },
    { tag: "message", attrs: { id: "1", from: BOB } },
    { tag: "message", attrs: { id: "1", from: GROUP, participant: BOB } },
  );
  outbox.confirm({ tag: "receipt", attrs: { id: "1", to: BOB } });
  expect(outbox.nodes().map(({ attrs }) => attrs["from"])).toEqual([ALICE, GROUP]);
  outbox.confirm({ tag: "receipt", attrs: { id: "1", to: GROUP, participant: ALICE } });
  expect(outbox.size).toBe(2);
  outbox.confirm({ tag: "receipt", attrs: { id: "1", to: GROUP, participant: BOB } });
  expect(outbox.size).toBe(1);
});

test("a message by phone number may be confirmed by LID and from another device's name", () => {
  const outbox = outboxWith({
    tag: "message",
    attrs: { id: "1", from: ALICE.replace("@", ":4@") },
  });
  outbox.confirm({ tag: "receipt", attrs: { id: "1", to: "1005511999990002@lid" } });
  expect(outbox.size).toBe(0);
});

test("a receipt with a list confirms several messages", () => {
  const outbox = outboxWith(
    { tag: "message", attrs: { id: "1", from: ALICE } },
    { tag: "message", attrs: { id: "2", from: ALICE } },
    { tag: "message", attrs: { id: "3", from: ALICE } },
  );
  const items = [{ tag: "item", attrs: { id: "3" } }];
  const content = [{ tag: "list", attrs: {}, content: items }];
  outbox.confirm({ tag: "receipt", attrs: { id: "1", to: ALICE }, content });
  expect(outbox.nodes().map(({ attrs }) => attrs["id"])).toEqual(["2"]);
});

test("the ack of a receipt leaves the other receipts for the same message", () => {
  const outbox = outboxWith(
    { tag: "receipt", attrs: { id: "1", from: ALICE } },
    { tag: "receipt", attrs: { id: "1", from: ALICE, type: "read" } },
  );
  outbox.acknowledge({
    tag: "ack",
    attrs: { id: "1", to: ALICE, class: "receipt", type: "read" },
  });
  expect(outbox.nodes().map(({ attrs }) => attrs["type"])).toEqual([undefined]);
});

test("the ack of an unreadable message leaves the copy that was asked for", () => {
  const outbox = outboxWith(
    { tag: "message", attrs: { id: "1", from: ALICE, t: "1" } },
    { tag: "message", attrs: { id: "1", from: ALICE, t: "2" } },
  );
  outbox.acknowledge({
    tag: "ack",
    attrs: { id: "1", to: ALICE, class: "message", error: "500" },
  });
  expect(outbox.nodes().map(({ attrs }) => attrs["t"])).toEqual(["2"]);
});

test("what nobody ever confirms is bounded, and the loss is told", () => {
  let dropped = 0;
  const outbox = new Outbox(() => (dropped += 1));
  for (let id = 0; id < 50_002; id += 1) {
    outbox.add({ tag: "message", attrs: { id: String(id), from: ALICE } });
  }
  expect(outbox.size).toBe(50_000);
  expect(outbox.nodes()[0]?.attrs["id"]).toBe("2");
  expect(dropped).toBe(2);
});
