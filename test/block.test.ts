import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

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
  alice = await gateway.wa.account(ALICE);
  bob = await gateway.wa.account(BOB);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const act = (contact: string, what: "block" | "unblock") =>
  gateway.post<{ contact: { id: string }; isBlocked: boolean } & ErrorReply>(
    `/instances/me/contacts/${encodeURIComponent(contact)}/${what}`,
  );
const person = ({ jid, lid }: Account) => ({ id: lid, pn: jid, lid });

/** Writes, and waits until the gateway has it. */
async function received(from: Account, text: string): Promise<void> {
  const { id } = await from.send(ME, { text });
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === id);
}

test("nothing of who is blocked arrives, until they are not any more", async () => {
  const { status, body } = await act(ALICE, "block");
  expect([status, body]).toEqual([200, { contact: person(alice), isBlocked: true }]);
  expect(me.profile.blocked).toEqual([ALICE]);
  const { body: trail } = await gateway.get<readonly object[]>("/audit?limit=1");
  expect(trail).toMatchObject([{ action: "blockContact", instanceId: "me", target: alice.lid }]);
  await alice.send(ME, { text: "can you hear me" });
  await received(bob, "I can");
  expect(await act(ALICE, "unblock")).toMatchObject({ status: 200, body: { isBlocked: false } });
  expect(me.profile.blocked).toEqual([]);
  await received(alice, "and now");
  const events = await gateway.events("me", "message.received");
  expect(events.map(({ data }) => data.message?.text)).toEqual(["I can", "and now"]);
});

test("the block list comes in pages, each with both names that are known", async () => {
  await act(ALICE, "block");
  expect((await act(bob.lid, "block")).status).toBe(200);
  const first = await gateway.get<readonly object[]>("/instances/me/blocked?limit=1");
  expect(first.body).toEqual([person(alice)]);
  const next = /<(.*)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
  expect((await gateway.get(next)).body).toEqual([person(bob)]);
  const { blockedContacts } = await gateway.graphql<{ blockedContacts: { edges: object[] } }>(
    `{ blockedContacts(instanceId: "me") { edges { node { pn } } } }`,
  );
  expect(blockedContacts.edges).toEqual([{ node: { pn: alice.jid } }, { node: { pn: bob.jid } }]);
});

test.each([
  ["1005511999990042@lid", 400, "INVALID_RECIPIENT", /by their number/],
  ["120363000000000001@g.us", 400, "INVALID_RECIPIENT", /names nobody/],
  ["5511999990009", 422, "NOT_ON_WHATSAPP", /is on WhatsApp/],
  [ME, 400, "BAD_INPUT", /does not take this/],
])("blocking %s is refused", async (contact, status, code, message) => {
  const reply = await act(contact, "block");
  expect([reply.status, reply.body.error.code]).toEqual([status, code]);
  expect(reply.body.error.message).toMatch(message);
});
