import { expect, test } from "vitest";
import { NO_EXTRAS } from "../../domain/content.ts";
import type { InstanceId, Jid, MessageId } from "../../domain/ids.ts";
import type { Message } from "../../domain/message.ts";
import type { StoredMessage } from "../messages.ts";
import { expectDeletable, expectEditable, expectThere } from "./target.ts";

const MINUTE = 60_000;

const ALICE = {
  id: "2@lid" as Jid,
  pn: "5511999990002@s.whatsapp.net" as Jid,
  lid: "2@lid" as Jid,
};
const GROUP = { id: "120363000000000001@g.us" as Jid, pn: null, lid: null };

function stored(
  said: Partial<Message> = {},
  ageMs = 0,
  deletedAt: Date | null = null,
): StoredMessage {
  const message: Message = {
    ...NO_EXTRAS,
    id: "3EB0" as MessageId,
    instanceId: "me" as InstanceId,
    chat: ALICE,
    sender: { ...ALICE, name: null },
    fromMe: true,
    kind: "TEXT",
    text: "hi",
    media: null,
    quotedId: null,
    timestamp: new Date(Date.now() - ageMs),
    status: "SERVER_ACK",
    error: null,
    ...said,
  };
  const marks = { scheduledAt: null, pinnedUntil: null, keptAt: null, starred: false };
  return { uid: "u", message, editedAt: null, deletedAt, ...marks };
}

test.each([
  ["the text of a quarter of an hour ago", stored({}, 14 * MINUTE)],
  ["one that still waits, however long", stored({ status: "QUEUED" }, 600 * MINUTE)],
])("%s can be edited", (_what, message) => {
  expect(() => expectEditable(message)).not.toThrow();
});

test.each([
  ["an older one", stored({}, 16 * MINUTE), "TOO_LATE"],
  ["somebody else's", stored({ fromMe: false }), "BAD_INPUT"],
  ["a picture", stored({ kind: "IMAGE" }), "BAD_INPUT"],
])("%s cannot", (_what, message, code) => {
  expect(() => expectEditable(message)).toThrow(expect.objectContaining({ code }) as Error);
});

test.each([
  ["one of two days ago", stored({}, 48 * 60 * MINUTE)],
  ["somebody else's in a group", stored({ fromMe: false, chat: GROUP, status: null })],
])("%s can be deleted", (_what, message) => {
  expect(() => expectDeletable(message)).not.toThrow();
});

test.each([
  ["one of three days ago", stored({}, 72 * 60 * MINUTE), "TOO_LATE"],
  ["somebody else's in a chat of two", stored({ fromMe: false }), "BAD_INPUT"],
])("%s cannot be deleted", (_what, message, code) => {
  expect(() => expectDeletable(message)).toThrow(expect.objectContaining({ code }) as Error);
});

test.each(["FAILED", "EXPIRED", "CANCELLED"] as const)("what is %s is not there", (status) => {
  const gone = expect.objectContaining({ code: "TOO_LATE" }) as Error;
  expect(() => expectThere(stored({ status }))).toThrow(gone);
  expect(() => expectThere(stored({}, 0, new Date()))).toThrow(gone);
  expect(() => expectThere(stored())).not.toThrow();
});
