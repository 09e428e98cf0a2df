import { expect, test } from "vitest";
import { createAddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import { callOf } from "./call.ts";

const book = createAddressBook({ get: () => ({}) });
const ANA = { id: "7@lid", pn: "5511@s.whatsapp.net", lid: "7@lid" };

const call = (tag: string, attrs = {}, content: BinaryNode[] = []): BinaryNode => ({
  tag: "call",
  attrs: { from: "7@lid", id: "1", t: "1700000000" },
  content: [
    {
      tag,
      attrs: {
        "call-id": "C",
        "call-creator": "7:3@lid",
        caller_pn: "5511@s.whatsapp.net",
        ...attrs,
      },
      content,
    },
  ],
});

test.each([
  ["offer", {}, "OFFERED", false],
  ["offer_notice", {}, "OFFERED", false],
  ["accept", {}, "ACCEPTED", null],
  ["reject", {}, "REJECTED", null],
  ["terminate", {}, "ENDED", null],
  ["terminate", { reason: "timeout" }, "TIMED_OUT", null],
])("%s %j is %s", async (tag, attrs, status, isVideo) => {
  expect(await callOf(call(tag, attrs), book)).toEqual({
    id: "C",
    chat: ANA,
    caller: ANA,
    groupId: null,
    isVideo,
    status,
  });
});

test("a group that is called together is the chat, and who began is the caller", async () => {
  const node = call("offer", { "group-jid": "1@g.us" }, [{ tag: "video", attrs: {} }]);
  expect(await callOf(node, book)).toMatchObject({
    chat: { id: "1@g.us" },
    caller: ANA,
    groupId: "1@g.us",
    isVideo: true,
  });
});

test.each<BinaryNode>([
  call("transport"),
  call("relaylatency"),
  call("preaccept"),
  call("offer", { "call-id": "" }),
  { tag: "call", attrs: { from: "7@lid" } },
  { tag: "call", attrs: {}, content: [{ tag: "offer", attrs: { "call-id": "C" } }] },
])("what people would not want to know is no news: %j", async (node) => {
  expect(await callOf(node, book)).toBeUndefined();
});
