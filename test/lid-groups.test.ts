import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account, Group } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
/** WhatsApp names its members by their LIDs, as it does in every new group. */
let group: Group;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
  bob = await gateway.wa.account(BOB);
  const participants = [ME, ALICE];
  group = await gateway.wa.group({ subject: "Us", participants, addressing: "lid" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const path = (what = "") => `/instances/me/groups/${group.jid}${what}`;
const person = ({ jid, lid }: Account) => ({ id: lid, pn: jid, lid });

test("the members of a group that hides numbers have both their names", async () => {
  expect((await gateway.get(path())).body).toMatchObject({
    owner: person(me),
    participants: [
      { ...person(me), role: "SUPER_ADMIN" },
      { ...person(alice), role: "MEMBER" },
    ],
  });
});

test("they are added, made admins and removed by number and by LID", async () => {
  const change = async (action: string, participant: string) =>
    (await gateway.post(path("/participants"), { action, participants: [participant] })).body;
  const done = { groupId: group.jid, results: [{ participant: person(bob) }] };
  expect(await change("ADD", BOB)).toEqual(done);
  expect(await change("PROMOTE", bob.lid)).toEqual(done);
  expect(await change("REMOVE", BOB)).toEqual(done);
  await gateway.event("me", "group.participants", ({ data }) => data["memberAction"] === "REMOVED");
  const told = await gateway.events("me", "group.participants");
  expect(told.map(({ data }) => data)).toMatchObject(
    ["ADDED", "PROMOTED", "REMOVED"].map((memberAction) => ({
      memberAction,
      author: person(me),
      participants: [person(bob)],
    })),
  );
});

test("who asks to be let in is known by both names", async () => {
  await gateway.wa.askToJoin(group, BOB);
  await gateway.event("me", "group.join_request");
  expect((await gateway.get(path("/joinRequests"))).body).toMatchObject([
    { participant: person(bob) },
  ]);
  const { body } = await gateway.post(path("/joinRequests"), {
    action: "REJECT",
    participants: [bob.lid],
  });
  expect(body).toEqual({ groupId: group.jid, results: [{ participant: person(bob) }] });
});

test("what is written there goes both ways", async () => {
  await gateway.post("/instances/me/sendMessage", { to: group.jid, message: "from me" });
  await alice.waitFor(({ chat, text }) => chat === group.jid && text === "from me");
  await alice.send(group, { text: "from Alice" });
  const { data } = await gateway.event(
    "me",
    "message.received",
    ({ data: { message } }) => message?.text === "from Alice",
  );
  expect(data.message).toMatchObject({ chat: { id: group.jid }, sender: person(alice) });
});
