import { expect, test } from "vitest";
import { proto } from "../library.ts";
import { markingsOf } from "./change.ts";

const { REVOKE, MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type;
const GROUP = "120363000000000001@g.us";
const ALICE = "5511999990002@s.whatsapp.net";

test.each([
  ["an edit", { type: MESSAGE_EDIT, key: { remoteJid: ALICE, fromMe: true } }, { edit: "1" }],
  [
    "what the author deletes",
    { type: REVOKE, key: { remoteJid: GROUP, fromMe: true } },
    { edit: "7" },
  ],
  [
    "what an admin deletes",
    { type: REVOKE, key: { remoteJid: GROUP, fromMe: false } },
    { edit: "8" },
  ],
])("%s is marked for the server", (_what, protocolMessage, attributes) => {
  expect(markingsOf({ protocolMessage })).toEqual({
    additionalAttributes: attributes,
    additionalNodes: [],
  });
});

const { UNDO_KEEP_FOR_ALL, KEEP_FOR_ALL } = proto.KeepType;

test.each([
  ["a pin", { pinInChatMessage: { key: {} } }, { edit: "2" }],
  ["what its author lets go", keep(UNDO_KEEP_FOR_ALL, true), { edit: "7" }],
  ["what somebody else lets go", keep(UNDO_KEEP_FOR_ALL, false), {}],
  ["what is kept", keep(KEEP_FOR_ALL, true), {}],
])("the mark of %s", (_what, message, attributes) => {
  expect(markingsOf(message).additionalAttributes).toEqual(attributes);
});

function keep(keepType: proto.KeepType, fromMe: boolean): proto.IMessage {
  return { keepInChatMessage: { keepType, key: { remoteJid: ALICE, fromMe } } };
}

test.each([
  ["a poll", { pollCreationMessage: {} }, { polltype: "creation" }],
  ["a poll of one answer", { pollCreationMessageV3: {} }, { polltype: "creation" }],
  ["a vote", { pollUpdateMessage: {} }, { polltype: "vote" }],
  ["an event", { eventMessage: {} }, { event_type: "creation" }],
  ["an answer to one", { encEventResponseMessage: {} }, { event_type: "response" }],
])("%s brings a node of its own", (_what, message, attrs) => {
  const { additionalNodes } = markingsOf(message);
  expect(additionalNodes).toEqual([{ tag: "meta", attrs }]);
});

test("a text needs no mark", () => {
  const none = { additionalAttributes: {}, additionalNodes: [] };
  expect(markingsOf({ extendedTextMessage: { text: "hi" } })).toEqual(none);
});
