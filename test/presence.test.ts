import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account, Group } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { eventually } from "./support/eventually.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownEvent } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
beforeAll(async () => {
  gateway = await startTestGateway({ overrides: { engineTimeouts: { presenceGapMs: 300 } } });
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
  bob = await gateway.wa.account(BOB);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const show = (presence: string) => gateway.post<ErrorReply>("/instances/me/presence", { presence });
const type = (chat: string, typing: string) =>
  gateway.post<{ chat: { id: string } } & ErrorReply>(
    `/instances/me/chats/${encodeURIComponent(chat)}/typing`,
    { typing },
  );
const subscribe = (contact: string) =>
  gateway.post<{ contact: object } & ErrorReply>(`/instances/me/contacts/${contact}/subscribe`);

const person = ({ jid, lid }: Account) => ({ id: lid, pn: jid, lid });

async function isShown(): Promise<true | undefined> {
  return (await show("AVAILABLE")).status === 200 ? true : undefined;
}

/** Once the account has a name: the phone's message brings it along. */
async function goOnline(): Promise<void> {
  await me.send(ALICE, { text: "my name comes along" });
  await eventually(isShown, () => "the account has no name");
}

/** What has been told of somebody, oldest first. */
async function told(account: Account): Promise<readonly ShownEvent["data"][]> {
  const events = await gateway.events("me", "presence.update");
  return events
    .map(({ data }) => data)
    .filter(({ person: who }) => (who as { pn: string | null }).pn === account.jid);
}

test("nobody without a name is shown as online, and that is said", async () => {
  const { status, body } = await show("AVAILABLE");
  expect([status, body.error.code]).toEqual([503, "UNAVAILABLE"]);
  expect(body.error.message).toMatch(/has no name/);
  expect((await show("UNAVAILABLE")).status).toBe(200);
});

test("what the account does in a chat is seen there", async () => {
  const typing = await type("+55 11 99999-0002", "COMPOSING");
  expect([typing.status, typing.body]).toEqual([200, { chat: person(alice), typing: "COMPOSING" }]);
  const group: Group = await gateway.wa.group({ subject: "Us", participants: [ALICE, ME, BOB] });
  expect((await type(group.jid, "RECORDING")).status).toBe(200);
  expect((await type(alice.lid, "PAUSED")).status).toBe(200);
  await expect
    .poll(() => alice.typing)
    .toEqual([
      { from: ME, chat: ME, typing: "composing" },
      { from: ME, chat: group.jid, typing: "recording" },
      { from: ME, chat: ME, typing: "paused" },
    ]);
  expect(bob.typing).toEqual([{ from: ME, chat: group.jid, typing: "recording" }]);
});

test.each([
  ["5511999990009", 422, "NOT_ON_WHATSAPP"],
  ["abc", 400, "INVALID_RECIPIENT"],
  ["1@broadcast", 400, "INVALID_RECIPIENT"],
])("typing to %s is refused", async (chat, status, code) => {
  const reply = await type(chat, "COMPOSING");
  expect([reply.status, reply.body.error.code]).toEqual([status, code]);
});

test("a group cannot be subscribed to", async () => {
  const { status, body } = await subscribe("120363000000000001@g.us");
  expect([status, body.error.code]).toEqual([400, "INVALID_RECIPIENT"]);
});

test("while online, the account is seen as such until it says otherwise or is gone", async () => {
  await goOnline();
  await expect.poll(() => me.isOnline).toBe(true);
  expect((await show("UNAVAILABLE")).status).toBe(200);
  await expect.poll(() => me.isOnline).toBe(false);
  await show("AVAILABLE");
  await expect.poll(() => me.isOnline).toBe(true);
  await gateway.post("/instances/me/restart");
  await gateway.reaches("me", "OPEN");
  await expect.poll(() => me.isOnline).toBe(false);
});

test("while online, what somebody does is an event, with when they were last seen", async () => {
  await goOnline();
  const { status, body } = await subscribe(ALICE);
  expect([status, body]).toEqual([200, { contact: person(alice) }]);
  await gateway.event("me", "presence.update", ({ data }) => data["presence"] === "UNAVAILABLE");
  const who = { chat: person(alice), person: person(alice) };
  const base = { ...who, lastSeen: null, whileOffline: false };
  expect(await told(alice)).toEqual([{ ...base, presence: "UNAVAILABLE" }]);

  await alice.showPresence(true);
  await alice.type(ME, "composing");
  await alice.type(ME, "recording");
  await alice.showPresence(false, 1_700_000_000);
  const away = await gateway.event(
    "me",
    "presence.update",
    ({ data }) => data["lastSeen"] !== null,
  );
  expect(away.data).toEqual({
    ...base,
    presence: "UNAVAILABLE",
    lastSeen: "2023-11-14T22:13:20.000Z",
  });
  const { events } = await gateway.graphql<{ events: { edges: readonly object[] } }>(
    `{ events(last: 1, filter: { types: ["presence.update"] }) { edges { node {
      ... on PresenceUpdate { person { id } presence lastSeen } } } } }`,
  );
  expect(events.edges).toEqual([
    {
      node: {
        person: { id: alice.lid },
        presence: "UNAVAILABLE",
        lastSeen: "2023-11-14T22:13:20.000Z",
      },
    },
  ]);
});

test("while online, a flood of typing in a group becomes two events of who types", async () => {
  await goOnline();
  const group = await gateway.wa.group({ subject: "Flood", participants: [BOB, ME] });
  for (let n = 0; n < 500; n += 1) await bob.type(group, n % 2 === 0 ? "composing" : "recording");
  await bob.type(group, "paused");
  await gateway.event("me", "presence.update", ({ data }) => data["presence"] === "PAUSED");
  expect(await told(bob)).toMatchObject([
    { chat: { id: group.jid }, person: { pn: bob.jid }, presence: "COMPOSING" },
    { presence: "PAUSED" },
  ]);
});
