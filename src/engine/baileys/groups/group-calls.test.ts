import { expect, test } from "vitest";
import { createAddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import { createGroupCalls } from "./group-calls.ts";

const GROUP = "120363000000000001@g.us" as never;

/** A WhatsApp that answers at once, and tells nobody of what has changed. */
function silentWhatsApp() {
  let subject = "Us";
  const ask = async ({ content }: BinaryNode): Promise<BinaryNode> => {
    const [asked] = content as readonly BinaryNode[];
    if (asked?.tag === "subject") subject = Buffer.from(asked.content as Uint8Array).toString();
    const group = { tag: "group", attrs: { id: GROUP, subject } };
    const groups = { tag: "groups", attrs: {}, content: [group] };
    return { tag: "iq", attrs: {}, content: asked?.tag === "participating" ? [groups] : [group] };
  };
  return ask;
}

test("what the account has changed itself is known before WhatsApp tells of it", async () => {
  const forgotten: string[] = [];
  const book = createAddressBook({ get: () => ({}) });
  const { calls } = createGroupCalls(silentWhatsApp(), book, (jid) => forgotten.push(jid));
  const seen = async () => [
    (await calls.get(GROUP)).subject,
    ...(await calls.list()).map(({ subject }) => subject),
  ];
  expect(await seen()).toEqual(["Us", "Us"]);
  await calls.change(GROUP, { kind: "SUBJECT", subject: "All of us" });
  expect(await seen()).toEqual(["All of us", "All of us"]);
  // So that a message reaches who has just been added.
  expect(forgotten).toEqual([GROUP]);
});
