import { expect, test } from "vitest";
import { createAddressBook } from "../address-book.ts";
import { proto } from "../library.ts";
import type { Envelope } from "./envelope.ts";
import { addressLetter, openLetter } from "./message.ts";

const PN = "222@s.whatsapp.net";
const envelope: Envelope = {
  id: "3EB0" as never,
  chat: ["800:3@lid"],
  sender: ["800:3@lid"],
  senderName: null,
  fromMe: false,
  timestamp: new Date(0),
  whileOffline: false,
  byAdmin: false,
};
const encode = (message: proto.IMessage): Uint8Array => proto.Message.encode(message).finish();
const deviceSent = encode({
  deviceSentMessage: { destinationJid: PN, message: { conversation: "hi" } },
});
const known = new Map([
  ["222", "800"],
  ["800_reverse", "222"],
]);
const book = createAddressBook({
  get: (_, ids) =>
    Promise.resolve(Object.fromEntries(ids.map((id) => [id, known.get(id)])) as never),
});

test("an address is completed by what the account has learned, in either direction", async () => {
  const both = { id: "800@lid", pn: PN, lid: "800@lid" };
  expect(await book.complete(["800:3@lid"])).toEqual(both);
  expect(await book.complete([PN])).toEqual(both);
  expect(await book.complete(["333@s.whatsapp.net"])).toMatchObject({ lid: null });
  expect(await book.complete(["1@g.us"])).toEqual({ id: "1@g.us", pn: null, lid: null });
});

test("what our phone sent is kept without its wrapper, in the chat it went to", async () => {
  const own = { ...envelope, fromMe: true, chat: ["333@lid"] };
  const letter = openLetter(own, deviceSent);
  expect(letter?.content.text).toBe("hi");
  expect(letter?.raw).toEqual(encode({ conversation: "hi" }));
  expect(letter?.envelope.chat).toEqual(["333@lid", PN]);
});

test("a stranger cannot name the chat of a message", async () => {
  const letter = openLetter(envelope, deviceSent)!;
  expect((await addressLetter(letter, book, "hash")).chat.pn).toBe(PN);
  expect(letter.envelope.chat).toEqual(["800:3@lid"]);
});

test("bytes that are no message are an error", () => {
  expect(() => openLetter(envelope, Buffer.from([0xff, 0xff, 0xff]))).toThrow(/./);
});
