import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { startReceiver } from "./support/receiver.ts";
import type { ShownEvent } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
  bob = await gateway.wa.account(BOB, { name: "Bob" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Stored {
  readonly id: string;
  readonly text: string | null;
  readonly editedAt: string | null;
  readonly deletedAt: string | null;
  readonly reactions: readonly object[];
}

/** The stored messages with this id. */
async function stored(id: string): Promise<readonly Stored[]> {
  const { instance } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: Stored }[] } };
  }>(
    `{ instance(id: "me") { messages(first: 50) { edges { node {
      id text editedAt deletedAt reactions { emoji fromMe sender { pn } } } } } } }`,
  );
  return instance.messages.edges.map(({ node }) => node).filter((node) => node.id === id);
}

const about =
  (id: string) =>
  ({ data }: ShownEvent): boolean =>
    data["messageId"] === id || data.message?.id === id;

/** Resolves when the gateway has seen all that was sent before. */
async function heardOut(from: Account, to: string | { readonly jid: string } = ME): Promise<void> {
  const { id } = await from.send(to as string, { text: "that is all" });
  await gateway.event("me", "message.received", about(id));
}

test("reactions are told, stand on the message, one each, and are taken back", async () => {
  const { id } = await alice.send(ME, { text: "nice" });
  const sender = { pn: alice.jid };
  await alice.send(ME, { reaction: { id, from: ALICE, emoji: "👍" } });
  const first = await gateway.event("me", "message.reaction", about(id));
  expect(first.data).toMatchObject({
    messageId: id,
    chatId: alice.lid,
    sender: { pn: alice.jid, name: "Alice" },
    fromMe: false,
    emoji: "👍",
  });
  expect(await stored(id)).toMatchObject([{ reactions: [{ emoji: "👍", fromMe: false, sender }] }]);

  // From the account's own phone, on what somebody else has written.
  await me.send(ALICE, { reaction: { id, from: ALICE, emoji: "❤️" } });
  await gateway.event("me", "message.reaction", ({ data }) => data["fromMe"] === true);
  await alice.send(ME, { reaction: { id, from: ALICE, emoji: "🎉" } });
  await heardOut(alice);
  const reactions = (await stored(id))[0]?.reactions;
  expect(reactions).toHaveLength(2);
  expect(reactions).toEqual(
    expect.arrayContaining([
      { emoji: "🎉", fromMe: false, sender },
      { emoji: "❤️", fromMe: true, sender: { pn: me.jid } },
    ]),
  );

  await alice.send(ME, { reaction: { id, from: ALICE, emoji: "" } });
  await gateway.event("me", "message.reaction", ({ data }) => data["emoji"] === null);
  expect((await stored(id))[0]?.reactions).toMatchObject([{ fromMe: true }]);
});

test("what the account itself has sent is reacted to, too", async () => {
  const { body } = await gateway.post<{ messageId: string }>("/instances/me/sendMessage", {
    to: ALICE,
    message: "from the gateway",
  });
  const id = body.messageId;
  await alice.send(ME, { reaction: { id, from: ME, emoji: "👌" } });
  await gateway.event("me", "message.reaction", about(id));
  expect(await stored(id)).toMatchObject([{ reactions: [{ emoji: "👌" }] }]);
});

test("an edit is told with the new text, and the message has it", async () => {
  const { id } = await alice.send(ME, { text: "teh text" });
  await alice.send(ME, { edit: { id, text: "the text" } });
  const { data } = await gateway.event("me", "message.edited", about(id));
  expect(data.message).toMatchObject({ id, kind: "TEXT", text: "the text", fromMe: false });
  expect(await stored(id)).toMatchObject([
    { text: "the text", editedAt: expect.any(String) as string, deletedAt: null },
  ]);
});

test("a deletion is told, and what the message said is kept", async () => {
  const { id } = await alice.send(ME, { text: "oops" });
  await alice.send(ME, { deletion: { id, from: ALICE } });
  const { data } = await gateway.event("me", "message.deleted", about(id));
  expect(data).toMatchObject({ messageId: id, deletedBy: { pn: alice.jid }, fromMe: false });
  expect(await stored(id)).toMatchObject([
    { text: "oops", deletedAt: expect.any(String) as string },
  ]);
  // What is gone is not edited any more.
  await alice.send(ME, { edit: { id, text: "still here" } });
  await heardOut(alice);
  expect(await stored(id)).toMatchObject([{ text: "oops", editedAt: null }]);
});

test("nobody edits or deletes what somebody else has written, an admin of the group excepted", async () => {
  const group = await gateway.wa.group({ subject: "Us", participants: [ALICE, BOB, ME] });
  const { id } = await bob.send(group, { text: "bob's" });
  const key = { id, remoteJid: group.jid, fromMe: false, participant: bob.jid };
  const edit = { key, type: 14, editedMessage: { conversation: "forged" } };
  await alice.send(group, { message: { protocolMessage: edit } });
  await alice.send(group, { message: { protocolMessage: { key, type: 0 } } });
  await heardOut(alice, group);
  expect(await stored(id)).toMatchObject([{ text: "bob's", editedAt: null, deletedAt: null }]);

  await alice.send(group, { deletion: { id, from: BOB } });
  const isIt = ({ data }: ShownEvent) =>
    data["messageId"] === id && (data["deletedBy"] as { pn: string }).pn === alice.jid;
  await gateway.event("me", "message.deleted", isIt);
  await heardOut(alice, group);
  expect(await stored(id)).toMatchObject([{ deletedAt: expect.any(String) as string }]);
});

test("a change that comes again is told once", async () => {
  const { id } = await alice.send(ME, { text: "once" });
  gateway.wa.fault({ kind: "loseReceipts", phone: ME });
  await alice.send(ME, { reaction: { id, from: ALICE, emoji: "1️⃣" } });
  await gateway.event("me", "message.reaction", about(id));
  const opened = (await gateway.events("me", "connection.open")).length;
  gateway.wa.fault({ kind: "drop", phone: ME });
  const isBack = async () => (await gateway.events("me", "connection.open")).length > opened;
  await expect.poll(isBack).toBe(true);
  gateway.wa.clearFaults();
  await heardOut(alice);
  const told = (await gateway.events("me", "message.reaction")).filter(about(id));
  expect(told).toHaveLength(1);
});

test("a change to a message that is not here is told all the same", async () => {
  await alice.send(ME, { reaction: { id: "3EB0NEVERSEEN", from: ALICE, emoji: "👀" } });
  const { data } = await gateway.event("me", "message.reaction", about("3EB0NEVERSEEN"));
  expect(data).toMatchObject({ emoji: "👀" });
  expect(await stored("3EB0NEVERSEEN")).toEqual([]);
});

test("a webhook for what comes in is not told what the account's own phone did", async () => {
  await using receiver = await startReceiver();
  const { body } = await gateway.post<{ id: string; secret: string }>("/instances/me/webhooks", {
    url: receiver.url,
    events: ["message.reaction"],
    direction: "INBOUND",
  });
  receiver.trust(body.secret);
  const { id } = await alice.send(ME, { text: "look" });
  await gateway.event("me", "message.received", about(id));
  await me.send(ALICE, { reaction: { id, from: ALICE, emoji: "🙈" } });
  await gateway.event("me", "message.reaction", about(id));
  await alice.send(ME, { reaction: { id, from: ALICE, emoji: "🙉" } });
  const heard = async () => receiver.events.map(({ data }) => data["emoji"]);
  await expect.poll(heard).toEqual(["🙉"]);
  // A replay sees it the same way.
  await gateway.post(`/webhooks/${body.id}/replay`, { after: "earliest" });
  await expect.poll(async () => (await heard()).length).toBeGreaterThan(2);
  expect(await heard()).not.toContain("🙈");
});
