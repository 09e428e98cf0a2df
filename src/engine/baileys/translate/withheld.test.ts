import { expect, test } from "vitest";
import type { Jid } from "../../../domain/ids.ts";
import { createAddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import type { Self } from "./envelope.ts";
import { withheldOf } from "./withheld.ts";

const book = createAddressBook({ get: () => Promise.resolve({}) });
const pn = "9@s.whatsapp.net" as Jid;
const me: Self = { id: pn, pn, lid: null, name: null };

const stanza = (content: BinaryNode[] | Buffer, attrs = {}): BinaryNode => ({
  tag: "message",
  attrs: { id: "3EB0", from: "111@lid", t: "1700000000", ...attrs },
  content,
});
const enc = (type: string): BinaryNode => ({
  tag: "enc",
  attrs: { type, v: "2" },
  content: Buffer.of(1),
});
const unavailable = (attrs = {}): BinaryNode => ({ tag: "unavailable", attrs });

test.each([
  ["what the phone alone may see", [unavailable()], "UNDECRYPTABLE"],
  ["what is shown once", [unavailable({ type: "view_once" })], "UNSUPPORTED"],
  ["a ciphertext that no linked device can open", [enc("msmsg")], "UNDECRYPTABLE"],
])("%s is told", async (_, content, kind) => {
  expect(await withheldOf(stanza(content), me, book)).toMatchObject({
    id: "3EB0",
    kind,
    sender: { id: "111@lid" },
    timestamp: new Date(1_700_000_000_000),
    inbox: null,
  });
});

test.each([
  ["what comes to the inbox", stanza([enc("msg")])],
  ["a key with something beside it", stanza([enc("pkmsg"), enc("msmsg")])],
  ["an empty stanza", stanza([])],
  ["bytes", stanza(Buffer.of(1))],
  ["what our own devices say to each other", stanza([unavailable()], { category: "peer" })],
])("%s is not", async (_, node) => {
  expect(await withheldOf(node, me, book)).toBeUndefined();
});
