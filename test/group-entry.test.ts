import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Account, Group } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { jpeg, serveFiles } from "./support/files.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { Server } from "./support/server.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
let files: Server;
/** Mine alone. */
let group: Group;
beforeAll(async () => {
  files = await serveFiles({ "/image.jpg": { type: "image/jpeg", bytes: await jpeg() } });
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.linked("alice", ALICE);
  bob = await gateway.wa.account(BOB);
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await files[Symbol.asyncDispose]();
});
beforeEach(async () => {
  group = await gateway.wa.group({ subject: "Mine", participants: [ME] });
});

const path = (what: string, instance = "me") => `/instances/${instance}/groups/${group.jid}${what}`;
const person = ({ jid, lid }: Account) => ({ id: lid, pn: jid, lid });
const now = () => gateway.wa.groupNow(group);
const told = (instance: string, type: string, like: RegExp) =>
  gateway.event(instance, type, ({ data }) => {
    const text = JSON.stringify(data);
    return text.includes(group.jid) && like.test(text);
  });

interface ShownInvite {
  readonly groupId: string;
  readonly inviteCode: string;
  readonly url: string;
}

test("one looks where a link leads, and follows it into the group", async () => {
  const { body: invite } = await gateway.get<ShownInvite>(path("/invite"));
  expect(invite).toEqual({
    groupId: group.jid,
    inviteCode: group.inviteCode,
    url: `https://chat.whatsapp.com/${group.inviteCode}`,
  });
  const invites = `/instances/alice/invites/${encodeURIComponent(invite.url)}`;
  expect((await gateway.get(invites)).body).toMatchObject({
    groupId: group.jid,
    subject: "Mine",
    size: 1,
    joinApproval: false,
  });
  const joined = await gateway.post(`/instances/alice/invites/${invite.inviteCode}/join`);
  expect([joined.status, joined.body]).toEqual([200, { groupId: group.jid, isPending: false }]);
  expect((await now()).participants).toEqual([ME, ALICE]);
  const { data } = await told("me", "group.participants", /"ADDED"/);
  expect(data).toMatchObject({ author: person(alice), participants: [person(alice)] });
  expect((await gateway.get(path("", "alice"))).status).toBe(200);
});

test("a link that was made void leads nowhere", async () => {
  const { status, body } = await gateway.send<ShownInvite>("DELETE", path("/invite"));
  expect([status, body.inviteCode]).toEqual([200, (await now()).inviteCode]);
  expect(body.inviteCode).not.toBe(group.inviteCode);
  await told("me", "group.update", new RegExp(`"inviteCode":"${body.inviteCode}"`));
  const looked = await gateway.get<ErrorReply>(`/instances/alice/invites/${group.inviteCode}`);
  const joined = await gateway.post<ErrorReply>(
    `/instances/alice/invites/${group.inviteCode}/join`,
  );
  for (const refused of [looked, joined]) {
    expect([refused.status, refused.body.error.code]).toEqual([422, "INVITE_INVALID"]);
  }
  const words = await gateway.get<ErrorReply>("/instances/alice/invites/no%20link");
  expect([words.status, words.body.error.code]).toEqual([422, "INVITE_INVALID"]);
  expect((await now()).participants).toEqual([ME]);
});

test("where admins decide, who follows the link waits for one", async () => {
  await gateway.wa.changeGroup(group, { by: ME, joinApproval: true });
  const joined = await gateway.post(`/instances/alice/invites/${group.inviteCode}/join`);
  expect([joined.status, joined.body]).toEqual([202, { groupId: group.jid, isPending: true }]);
  await gateway.wa.askToJoin(group, BOB);
  await told("me", "group.join_request", new RegExp(bob.lid));
  const listed = await gateway.get<readonly object[]>(path("/joinRequests?limit=1"));
  expect(listed.body).toEqual([
    { participant: person(alice), requestedAt: expect.any(String) as string },
  ]);
  const next = /<(.*)>; rel="next"/.exec(listed.headers.get("link") ?? "")?.[1] ?? "";
  expect((await gateway.get(next)).body).toMatchObject([{ participant: person(bob) }]);

  const decide = async (action: string, ...participants: string[]) =>
    (await gateway.post(path("/joinRequests"), { action, participants })).body;
  expect(await decide("APPROVE", ALICE)).toEqual({
    groupId: group.jid,
    results: [{ participant: person(alice) }],
  });
  expect(await decide("REJECT", BOB, me.jid)).toEqual({
    groupId: group.jid,
    results: [
      { participant: person(bob) },
      { participant: person(me), error: "NOT_FOUND", whatsappCode: 404 },
    ],
  });
  expect(await now()).toMatchObject({ participants: [ME, ALICE], requests: [] });
  await told("alice", "group.participants", /"ADDED"/);
  await told("me", "group.join_request", /"REJECTED"/);
  const refused = await gateway.get<ErrorReply>(path("/joinRequests", "alice"));
  expect([refused.status, refused.body.error.code]).toEqual([403, "NOT_ALLOWED"]);
});

const form = async () => {
  const body = new FormData();
  body.set("file", new File([new Uint8Array(await jpeg())], "me.jpg", { type: "image/jpeg" }));
  return { body };
};

test.each([
  ["its address", () => ({ url: `${files.url}/image.jpg` })],
  ["base64", async () => ({ base64: (await jpeg()).toString("base64") })],
  ["a form", form],
])("a picture is set by %s, as a square, and removed", async (_way, source) => {
  await gateway.wa.changeGroup(group, { by: ME, add: [ALICE] });
  const given = await source();
  const { status } =
    "body" in given
      ? await gateway.send("POST", path("/picture"), given)
      : await gateway.post(path("/picture"), given);
  expect(status).toBe(204);
  const { picture } = await now();
  expect(await sharp(picture).metadata()).toMatchObject({
    format: "jpeg",
    width: 640,
    height: 640,
  });
  await told("alice", "group.update", /"pictureChanged":true/);
  expect((await gateway.delete(path("/picture"))).status).toBe(204);
  expect((await now()).picture).toBeUndefined();
});

test("a picture that is none, or comes from who may not set one, is refused", async () => {
  const base64 = Buffer.from("words").toString("base64");
  const words = await gateway.post<ErrorReply>(path("/picture"), { base64 });
  expect([words.status, words.body.error.code]).toEqual([422, "MEDIA_INVALID"]);
  const gone = await gateway.post<ErrorReply>(path("/picture"), { url: `${files.url}/none.jpg` });
  expect([gone.status, gone.body.error.code]).toEqual([422, "MEDIA_UNREACHABLE"]);
  await gateway.wa.changeGroup(group, { by: ME, add: [ALICE], locked: true });
  const member = await gateway.post<ErrorReply>(path("/picture", "alice"), {
    url: `${files.url}/image.jpg`,
  });
  expect([member.status, member.body.error.code]).toEqual([403, "NOT_ALLOWED"]);
  expect((await now()).picture).toBeUndefined();
});

test("a community is made, and groups are linked to it and taken out again", async () => {
  const made = await gateway.post<{ groupId: string }>("/instances/me/communities", {
    subject: "Town",
    description: "All of it",
  });
  const { groupId: communityId } = made.body;
  expect([made.status, made.body]).toEqual([
    201,
    expect.objectContaining({ subject: "Town", description: "All of it", isCommunity: true }),
  ]);
  const groups = `/instances/me/communities/${communityId}/groups`;
  const linked = await gateway.post(groups, { groupId: group.jid });
  expect([linked.status, linked.body]).toEqual([200, expect.objectContaining({ communityId })]);
  expect((await now()).community).toBe(communityId);
  expect((await gateway.get(groups)).body).toEqual([
    { groupId: group.jid, subject: "Mine", size: 1, isCommunityAnnouncement: false },
  ]);
  const unlinked = await gateway.send("DELETE", `${groups}/${group.jid}`);
  expect([unlinked.status, unlinked.body]).toEqual([
    200,
    expect.not.objectContaining({ communityId }),
  ]);
  expect((await gateway.get(groups)).body).toEqual([]);

  const hers = await gateway.wa.group({ subject: "Hers", participants: [ALICE, ME] });
  const refused = await gateway.post<ErrorReply>(groups, { groupId: hers.jid });
  expect([refused.status, refused.body.error.code]).toEqual([403, "NOT_ALLOWED"]);
});
