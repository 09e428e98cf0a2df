import { expect, test } from "vitest";
import type { Jid } from "../../../domain/ids.ts";
import { NO_GROUP_CHANGE } from "../../../domain/group.ts";
import { createAddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import { groupNewsOf } from "./group.ts";

const book = createAddressBook({ get: () => ({}) });
const GROUP = "120363000000000001@g.us";
const ADMIN = { id: "9@lid", pn: "5511@s.whatsapp.net", lid: "9@lid" };
const common = { group: { id: GROUP, pn: null, lid: null }, author: ADMIN };

function notification(child: BinaryNode, attrs: Record<string, string> = {}): BinaryNode {
  return {
    tag: "notification",
    attrs: {
      from: GROUP,
      type: "w:gp2",
      id: "1",
      participant: "9@lid",
      participant_pn: "5511@s.whatsapp.net",
      ...attrs,
    },
    content: [child],
  };
}

const bytes = (text: string) => Buffer.from(text);
const child = (tag: string, attrs = {}, content?: BinaryNode["content"]): BinaryNode =>
  content === undefined ? { tag, attrs } : { tag, attrs, content };
const participant = (attrs: Record<string, string>) => child("participant", attrs);

test.each<[BinaryNode, object]>([
  [child("subject", { subject: "New" }), { subject: "New" }],
  [child("description", {}, [child("body", {}, bytes("About"))]), { description: "About" }],
  [child("description", { delete: "true" }), { description: "" }],
  [child("announcement"), { announcement: true }],
  [child("not_announcement"), { announcement: false }],
  [child("locked"), { locked: true }],
  [child("unlocked"), { locked: false }],
  [child("ephemeral", { expiration: "86400" }), { disappearingSeconds: 86_400 }],
  [child("not_ephemeral"), { disappearingSeconds: 0 }],
  [child("invite", { code: "AbC" }), { inviteCode: "AbC" }],
  [child("member_add_mode", {}, bytes("all_member_add")), { membersMayAdd: true }],
  [child("member_add_mode", {}, bytes("admin_add")), { membersMayAdd: false }],
  [
    child("membership_approval_mode", {}, [child("group_join", { state: "on" })]),
    { joinApproval: true },
  ],
  [child("create", {}, [child("group", { subject: "Made" })]), { isNew: true, subject: "Made" }],
])("%j changes a group", async (told, change) => {
  expect(await groupNewsOf(notification(told), book)).toEqual({
    type: "group.update",
    ...common,
    change: { ...NO_GROUP_CHANGE, ...change },
  });
});

test.each([
  ["add", "ADDED"],
  ["remove", "REMOVED"],
  ["leave", "LEFT"],
  ["promote", "PROMOTED"],
  ["demote", "DEMOTED"],
  ["modify", "CHANGED_NUMBER"],
])("%s is told of everybody it is about", async (tag, action) => {
  const people = [
    participant({ jid: "7@lid", phone_number: "5522@s.whatsapp.net" }),
    participant({ jid: "5533@s.whatsapp.net", lid: "8@lid" }),
  ];
  expect(await groupNewsOf(notification(child(tag, {}, people)), book)).toEqual({
    type: "group.participants",
    ...common,
    action,
    participants: [
      { id: "7@lid", pn: "5522@s.whatsapp.net", lid: "7@lid" },
      { id: "8@lid", pn: "5533@s.whatsapp.net", lid: "8@lid" },
    ],
  });
});

test("who removes themselves has left, under whichever name", async () => {
  const own = participant({ jid: "5511@s.whatsapp.net", lid: "9@lid" });
  expect(await groupNewsOf(notification(child("remove", {}, [own])), book)).toMatchObject({
    action: "LEFT",
    participants: [ADMIN],
  });
});

test.each([
  ["created_membership_requests", "7@lid", "CREATED"],
  ["revoked_membership_requests", "9@lid", "REVOKED"],
  ["revoked_membership_requests", "7@lid", "REJECTED"],
])("%s about %s is %s", async (tag, jid, action) => {
  const news = await groupNewsOf(notification(child(tag, {}, [participant({ jid })])), book);
  expect(news).toMatchObject({ type: "group.join_request", action, participants: [{ id: jid }] });
});

test("a new picture of a group is a change of it", async () => {
  const set = child("set", { id: "1", author: "9@lid" });
  const node = notification(set, { type: "picture" });
  expect(await groupNewsOf(node, book)).toMatchObject({ change: { pictureChanged: true } });
});

test.each<BinaryNode>([
  notification(child("something_new")),
  notification(child("devices"), { type: "devices" }),
  notification(child("set"), { type: "picture", from: "5511@s.whatsapp.net" }),
  { tag: "notification", attrs: { from: GROUP, type: "w:gp2" } },
  { tag: "notification", attrs: {}, content: [child("subject")] },
])("what says nothing about a group is no news: %j", async (node) => {
  expect(await groupNewsOf(node, book)).toBeUndefined();
});

test("a group is named by its JID alone", async () => {
  const news = await groupNewsOf(notification(child("locked")), book);
  expect(news?.group.id).toBe(GROUP as Jid);
});
