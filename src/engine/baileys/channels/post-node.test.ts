import { expect, test } from "vitest";
import { proto } from "../library.ts";
import { postNode } from "./post-node.ts";

const CHANNEL = "120363400000000001@newsletter" as never;
const ID = "3EB0NEW" as never;

function written(message: proto.IMessage) {
  const { attrs, content } = postNode(ID, CHANNEL, message);
  const [plaintext] = content as { attrs: object; content: Uint8Array }[];
  return { attrs, shown: plaintext?.attrs, bytes: plaintext?.content ?? new Uint8Array() };
}

test.each([
  [{ conversation: "hi" }, "text", {}],
  [{ imageMessage: {} }, "media", { mediatype: "image" }],
  [{ videoMessage: { gifPlayback: true } }, "media", { mediatype: "gif" }],
  [{ audioMessage: { ptt: true } }, "media", { mediatype: "ptt" }],
  [{ locationMessage: {} }, "media", { mediatype: "location" }],
  [{ pollCreationMessageV3: { name: "?" } }, "poll", {}],
])("%j is posted as %s", (message, type, shown) => {
  const node = written(message);
  expect(node.attrs).toEqual({ to: CHANNEL, id: ID, type });
  expect(node.shown).toEqual(shown);
  expect(proto.Message.decode(node.bytes).toJSON()).toEqual(
    proto.Message.fromObject(message).toJSON(),
  );
});

const key = { id: "3EB0OLD", remoteJid: CHANNEL, fromMe: true };
const { MESSAGE_EDIT, REVOKE } = proto.Message.ProtocolMessage.Type;

test("an edit bears the id of the post, and what it says now", () => {
  const editedMessage = { conversation: "better" };
  const node = written({ protocolMessage: { key, type: MESSAGE_EDIT, editedMessage } });
  expect(node.attrs).toEqual({ to: CHANNEL, id: "3EB0OLD", type: "text", edit: "3" });
  expect(proto.Message.decode(node.bytes).conversation).toBe("better");
});

test("a deletion bears the id of the post, and says nothing", () => {
  const node = written({ protocolMessage: { key, type: REVOKE } });
  expect(node.attrs).toEqual({ to: CHANNEL, id: "3EB0OLD", type: "text", edit: "8" });
  expect(node.bytes).toHaveLength(0);
});
