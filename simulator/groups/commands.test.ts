import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Account, type Group, type Simulator, startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";
const NOBODY = "5511999990009@s.whatsapp.net";

let wa: Simulator;
let alice: Account;
let bob: Account;
let mine: Client;
let alices: Client;
/** I made it. */
let group: Group;
beforeAll(async () => {
  wa = await startSimulator();
  const me = await wa.account(ME);
  alice = await wa.account(ALICE);
  bob = await wa.account(BOB);
  mine = await Client.linked(wa, me);
  alices = await Client.linked(wa, alice);
});
afterAll(async () => {
  await mine[Symbol.asyncDispose]();
  await alices[Symbol.asyncDispose]();
  await wa[Symbol.asyncDispose]();
});
beforeEach(async () => {
  group = await wa.group({ subject: "Us", participants: [ME, ALICE] });
});

/** What Alice's device was told of the group. */
const told = () =>
  alices.stanzas
    .filter(({ tag, attrs }) => tag === "notification" && attrs["from"] === group.jid)
    .map(({ content }) => Array.isArray(content) && content[0]?.tag);

test("an admin changes every setting, and the members are told", async () => {
  const { socket } = mine;
  await socket.groupUpdateSubject(group.jid, "All of us");
  await socket.groupUpdateDescription(group.jid, "Plans");
  await socket.groupUpdateDescription(group.jid, "Other plans");
  await socket.groupSettingUpdate(group.jid, "announcement");
  await socket.groupSettingUpdate(group.jid, "locked");
  await socket.groupMemberAddMode(group.jid, "admin_add");
  await socket.groupJoinApprovalMode(group.jid, "on");
  await socket.groupToggleEphemeral(group.jid, 604_800);
  expect(await alices.socket.groupMetadata(group.jid)).toMatchObject({
    subject: "All of us",
    desc: "Other plans",
    announce: true,
    restrict: true,
    memberAddMode: false,
    joinApprovalMode: true,
    ephemeralDuration: 604_800,
  });
  await expect
    .poll(told)
    .toEqual([
      "subject",
      "description",
      "description",
      "announcement",
      "locked",
      "member_add_mode",
      "membership_approval_mode",
      "ephemeral",
    ]);
  await expect(alices.socket.groupUpdateSubject(group.jid, "Mine")).rejects.toThrow("forbidden");
  await expect(wa.changeGroup(group, { by: ALICE, disappearingSeconds: 0 })).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  await expect(socket.groupUpdateSubject(group.jid, "x".repeat(101))).rejects.toThrow(
    "not-acceptable",
  );
});

test("of those who are added, removed or promoted each gets an answer", async () => {
  const { socket } = mine;
  const statuses = async (people: string[], action: "add" | "remove" | "promote" | "demote") =>
    (await socket.groupParticipantsUpdate(group.jid, people, action)).map(({ status }) => status);
  expect(await statuses([bob.jid, alice.lid, NOBODY], "add")).toEqual(["200", "409", "404"]);
  expect(await statuses([bob.jid, NOBODY], "promote")).toEqual(["200", "404"]);
  const theirs = await alices.socket.groupMetadata(group.jid);
  expect(theirs.participants.map(({ admin }) => admin)).toEqual(["superadmin", null, "admin"]);
  expect(await statuses([bob.jid], "demote")).toEqual(["200"]);
  expect(await statuses([bob.jid], "remove")).toEqual(["200"]);
  await expect(alices.socket.groupParticipantsUpdate(group.jid, [ME], "remove")).rejects.toThrow(
    "forbidden",
  );
  await alices.socket.groupLeave(group.jid);
  expect(await statuses([alice.jid], "add")).toEqual(["408"]);
  expect((await wa.groupNow(group)).participants).toEqual([ME]);
});

test("one joins by the link while it is the newest, or asks to be let in", async () => {
  const { socket } = mine;
  const other = await wa.group({ subject: "Others", participants: [ME] });
  const old = (await socket.groupInviteCode(other.jid)) ?? "";
  const code = (await socket.groupRevokeInvite(other.jid)) ?? "";
  expect(code).not.toBe(old);
  await expect(alices.socket.groupGetInviteInfo(old)).rejects.toThrow("not-acceptable");
  expect(await alices.socket.groupGetInviteInfo(code)).toMatchObject({ subject: "Others" });
  expect(await alices.socket.groupAcceptInvite(code)).toBe(other.jid);
  await expect(alices.socket.groupInviteCode(other.jid)).rejects.toThrow("not-authorized");

  await wa.changeGroup(other, { by: ME, joinApproval: true });
  await wa.askToJoin(other, BOB);
  const asked = await socket.groupRequestParticipantsList(other.jid);
  expect(asked.map(({ jid }) => jid)).toEqual([bob.lid]);
  const answer = await socket.groupRequestParticipantsUpdate(
    other.jid,
    [bob.jid, NOBODY],
    "approve",
  );
  expect(answer.map(({ status }) => status)).toEqual(["200", "404"]);
  expect(await wa.groupNow(other)).toMatchObject({ participants: [ME, ALICE, BOB], requests: [] });
});

test("a client makes a community and links a group to it", async () => {
  const { socket } = mine;
  // Baileys' own call for this prints to the console whatever logger it was given.
  await socket.query({
    tag: "iq",
    attrs: { type: "set", xmlns: "w:g2", to: "@g.us" },
    content: [
      { tag: "create", attrs: { subject: "Town" }, content: [{ tag: "parent", attrs: {} }] },
    ],
  });
  const all = Object.values(await socket.groupFetchAllParticipating());
  const id = all.find(({ isCommunity }) => isCommunity)?.id ?? "";
  await socket.communityLinkGroup(group.jid, id);
  expect((await socket.communityFetchLinkedGroups(id)).linkedGroups).toMatchObject([
    { id: group.jid, subject: "Us" },
  ]);
  expect((await socket.groupMetadata(group.jid)).linkedParent).toBe(id);
  await expect.poll(told).toEqual(["link"]);
  await socket.communityUnlinkGroup(group.jid, id);
  expect((await wa.groupNow(group)).community).toBeUndefined();
});
