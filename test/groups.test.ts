import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Account, Group } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";
const NOBODY = "5511900000000";

interface ShownGroup {
  readonly groupId: string;
  readonly subject: string;
  readonly size: number;
  readonly participants: readonly { readonly id: string; readonly role: string }[];
}

interface ShownResults {
  readonly groupId: string;
  readonly results: readonly { readonly participant: { readonly id: string }; error?: string }[];
}

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
/** I made it, and Alice, whom another instance of the gateway stands for, is in it. */
let group: Group;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.linked("alice", ALICE);
  bob = await gateway.wa.account(BOB);
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(async () => {
  group = await gateway.wa.group({ subject: "Us", participants: [ME, ALICE] });
});

const path = (what = "", instance = "me") => `/instances/${instance}/groups/${group.jid}${what}`;
const person = ({ jid, lid }: Account) => ({ id: lid, pn: jid, lid });
const now = () => gateway.wa.groupNow(group);
const shown = async (instance = "me") => (await gateway.get<ShownGroup>(path("", instance))).body;

/** The newest news of the group that this instance was told, once there is such. */
const news = (instance: string, type: string, like: object) =>
  gateway.event(instance, type, ({ data }) => {
    const isOurs = JSON.stringify(data).includes(group.jid);
    return isOurs && Object.entries(like).every(([key, value]) => data[key] === value);
  });

const changeTold = (instance: string, change: Record<string, unknown>) =>
  gateway.event(instance, "group.update", ({ data }) => {
    const told = data["change"] as Record<string, unknown>;
    const { id } = data["group"] as { id: string };
    return id === group.jid && Object.entries(change).every(([key, value]) => told[key] === value);
  });

test("a group is made with those who can be in it, and says who cannot", async () => {
  const { status, headers, body } = await gateway.post<ShownGroup & ShownResults>(
    "/instances/me/groups",
    { subject: " Trip ", description: "Plans", participants: [`+${ALICE}`, bob.lid, NOBODY] },
  );
  expect(status).toBe(201);
  expect(headers.get("location")).toBe(`/instances/me/groups/${body.groupId}`);
  expect(body).toMatchObject({ subject: "Trip", description: "Plans", owner: person(me), size: 3 });
  expect(body.participants).toEqual([
    { ...person(me), role: "SUPER_ADMIN" },
    { ...person(alice), role: "MEMBER" },
    { ...person(bob), role: "MEMBER" },
  ]);
  expect(body.results).toHaveLength(3);
  expect(body.results.filter(({ error }) => error === undefined)).toHaveLength(2);
  expect(body.results).toContainEqual({
    participant: { id: `${NOBODY}@s.whatsapp.net`, pn: `${NOBODY}@s.whatsapp.net`, lid: null },
    error: "NOT_ON_WHATSAPP",
  });
  expect(await gateway.wa.groupNow(body.groupId)).toMatchObject({
    subject: "Trip",
    description: "Plans",
    participants: [ME, ALICE, BOB],
  });
  group = await gateway.wa.groupNow(body.groupId);
  expect((await changeTold("alice", { isNew: true })).data["author"]).toEqual(person(me));
});

test("the groups of an account come in pages, each as WhatsApp describes it", async () => {
  const all = new Map<string, ShownGroup>();
  let next: string | null = "/instances/me/groups?limit=1";
  while (next !== null) {
    const { headers, body }: { headers: Headers; body: readonly ShownGroup[] } =
      await gateway.get(next);
    expect(body).toHaveLength(1);
    for (const each of body) all.set(each.groupId, each);
    next = /<(.*)>; rel="next"/.exec(headers.get("link") ?? "")?.[1] ?? null;
  }
  const { participants: _, ...summary } = await shown();
  expect(all.get(group.jid)).toEqual(summary);
  expect(summary).toEqual({
    groupId: group.jid,
    subject: "Us",
    owner: person(me),
    createdAt: expect.any(String) as string,
    size: 2,
    announcement: false,
    locked: false,
    membersMayAdd: true,
    joinApproval: false,
    disappearingSeconds: 0,
    isCommunity: false,
    isCommunityAnnouncement: false,
  });
});

test("the members of a large group come in pages too, and none is left out unsaid", async () => {
  const crowd = Array.from({ length: 201 }, (_, n) => String(4915100000000 + n));
  for (const phone of crowd) await gateway.wa.account(phone);
  await gateway.wa.changeGroup(group, { by: ME, add: crowd });
  await news("me", "group.participants", { memberAction: "ADDED" });
  const { headers, body } = await gateway.get<ShownGroup>(path());
  expect([body.size, body.participants.length]).toEqual([203, 200]);
  const next = /<(.*)>; rel="next"/.exec(headers.get("link") ?? "")?.[1] ?? "";
  const rest = await gateway.get<ShownGroup["participants"]>(next);
  expect(rest.headers.get("link")).toBeNull();
  const ids = [...body.participants, ...rest.body].map(({ id }) => id);
  expect(new Set(ids).size).toBe(203);
  expect(ids).toEqual(expect.arrayContaining([me.lid, alice.lid]));
});

test("what an admin changes is changed at WhatsApp, and the members are told", async () => {
  const change = {
    subject: "All of us",
    description: "Plans",
    announcement: true,
    locked: true,
    membersMayAdd: false,
    joinApproval: true,
    disappearingSeconds: 604_800,
  };
  const { status, body } = await gateway.patch(path(), change);
  expect([status, body]).toEqual([200, expect.objectContaining(change)]);
  expect(await now()).toMatchObject(change);
  for (const [name, value] of Object.entries(change)) await changeTold("alice", { [name]: value });
  expect(await gateway.patch(path(), { description: "Other plans" })).toMatchObject({
    status: 200,
    body: { description: "Other plans" },
  });
  await gateway.patch(path(), { description: "", announcement: false, disappearingSeconds: 0 });
  expect(await now()).toMatchObject({
    description: "",
    announcement: false,
    disappearingSeconds: 0,
    subject: "All of us",
  });
  expect(await shown()).not.toHaveProperty("description");
});

test("what others change is seen at once by who has heard of it", async () => {
  expect(await shown()).toMatchObject({ subject: "Us" });
  await gateway.get("/instances/me/groups");
  await gateway.wa.changeGroup(group, { by: ALICE, subject: "Hers", add: [BOB] });
  await news("me", "group.participants", { memberAction: "ADDED" });
  expect(await shown()).toMatchObject({ subject: "Hers", size: 3 });
  const listed = await gateway.get<readonly ShownGroup[]>("/instances/me/groups?limit=200");
  expect(listed.body.find(({ groupId }) => groupId === group.jid)).toMatchObject({
    subject: "Hers",
    size: 3,
  });
  await gateway.wa.changeGroup(group, { by: ME, remove: [ALICE] });
  await news("alice", "group.participants", { memberAction: "REMOVED" });
  expect((await gateway.get<ErrorReply>(path("", "alice"))).body.error.code).toBe(
    "GROUP_NOT_FOUND",
  );
});

async function changePeople(action: string, ...participants: string[]) {
  const reply = await gateway.post<ShownResults>(path("/participants"), { action, participants });
  expect([reply.status, reply.body.groupId]).toEqual([200, group.jid]);
  return reply.body.results.map(({ participant: { id }, error = null }) => [id, error]);
}

test("each of the people who are added, promoted, demoted or removed gets a result", async () => {
  expect(await changePeople("ADD", BOB, alice.jid, NOBODY)).toEqual([
    [bob.lid, null],
    [alice.lid, "ALREADY_MEMBER"],
    [`${NOBODY}@s.whatsapp.net`, "NOT_ON_WHATSAPP"],
  ]);
  expect(await changePeople("PROMOTE", BOB)).toEqual([[bob.lid, null]]);
  expect((await now()).admins).toEqual([ME, BOB]);
  expect(await changePeople("DEMOTE", bob.lid)).toEqual([[bob.lid, null]]);
  expect(await changePeople("REMOVE", BOB, bob.jid)).toEqual([[bob.lid, null]]);
  expect(await changePeople("REMOVE", BOB)).toEqual([[bob.lid, "NOT_FOUND"]]);
  expect((await now()).participants).toEqual([ME, ALICE]);
  for (const memberAction of ["ADDED", "PROMOTED", "DEMOTED", "REMOVED"]) {
    const { data } = await news("alice", "group.participants", { memberAction });
    expect(data).toMatchObject({ author: person(me), participants: [person(bob)] });
  }
  expect(await changePeople("ADD", NOBODY)).toEqual([
    [`${NOBODY}@s.whatsapp.net`, "NOT_ON_WHATSAPP"],
  ]);
});

async function write(message: string) {
  return gateway.post("/instances/me/sendMessage", { to: group.jid, message });
}

test("who was just added gets what is written next", async () => {
  await write("before");
  await changePeople("ADD", BOB);
  await write("after");
  await bob.waitFor(({ chat, text }) => chat === group.jid && text === "after");
  expect(bob.received.some(({ text }) => text === "before")).toBe(false);
});

test("who leaves is out, and cannot be added again so soon", async () => {
  expect((await gateway.post(path("/leave", "alice"))).status).toBe(204);
  expect((await now()).participants).toEqual([ME]);
  const { data } = await news("me", "group.participants", { memberAction: "LEFT" });
  expect(data["participants"]).toEqual([person(alice)]);
  expect((await gateway.get(path("", "alice"))).status).toBe(404);
  const again = await gateway.post<ShownResults>(path("/participants"), {
    action: "ADD",
    participants: [ALICE],
  });
  expect(again.body.results).toEqual([
    { participant: person(alice), error: "LEFT_RECENTLY", whatsappCode: 408 },
  ]);
});

test("GraphQL does the same", async () => {
  const { createGroup } = await gateway.graphql<{ createGroup: { group: { id: string } } }>(
    `mutation { createGroup(input: { instanceId: "me", subject: "G", participants: ["${ALICE}"] }) {
      ... on CreatedGroup { group { id participants { edges { node { pn role } } } } results { error participant { pn } } } } }`,
  );
  const { id: groupId } = createGroup.group;
  expect(createGroup).toEqual({
    group: {
      id: groupId,
      participants: {
        edges: [
          { node: { pn: me.jid, role: "SUPER_ADMIN" } },
          { node: { pn: alice.jid, role: "MEMBER" } },
        ],
      },
    },
    results: [{ error: null, participant: { pn: alice.jid } }],
  });
  const changed = await gateway.graphql(
    `mutation ($groupId: ID!) {
      updateGroup(input: { instanceId: "me", groupId: $groupId, locked: true }) { ... on Group { locked } }
      updateGroupParticipants(input: { instanceId: "me", groupId: $groupId, action: PROMOTE, participants: ["${ALICE}"] }) {
        ... on GroupParticipantResults { results { error } } }
      leaveGroup(instanceId: "me", groupId: $groupId) { ... on LeftGroup { groupId } }
    }`,
    { groupId },
  );
  expect(changed).toEqual({
    updateGroup: { locked: true },
    updateGroupParticipants: { results: [{ error: null }] },
    leaveGroup: { groupId },
  });
  const seen = (instanceId: string) =>
    gateway.graphql<{ group: object | null; groups: { edges: { node: { id: string } }[] } }>(
      `query ($instanceId: ID!, $groupId: ID!) {
        group(instanceId: $instanceId, groupId: $groupId) { subject locked size }
        groups(instanceId: $instanceId, first: 200) { edges { node { id } } }
      }`,
      { instanceId, groupId },
    );
  const [mine, hers] = [await seen("me"), await seen("alice")];
  expect([mine.group, hers.group]).toEqual([null, { subject: "G", locked: true, size: 1 }]);
  const ids = ({ groups }: typeof mine) => groups.edges.map(({ node }) => node.id);
  expect(ids(mine)).not.toContain(groupId);
  expect(ids(hers)).toContain(groupId);
});
