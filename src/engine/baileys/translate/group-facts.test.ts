import { expect, test } from "vitest";
import { createAddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import { groupOf, groupPreviewOf } from "./group-facts.ts";
import { participantResultsOf } from "./group-results.ts";

const child = (tag: string, attrs = {}, content?: BinaryNode["content"]): BinaryNode =>
  content === undefined ? { tag, attrs } : { tag, attrs, content };

const ALICE = { id: "9@lid", pn: "5511@s.whatsapp.net", lid: "9@lid" };

test("a group is read with everything that WhatsApp says of it", () => {
  const attrs = {
    id: "120363",
    subject: "Us",
    creation: "1700000000",
    creator: "9@lid",
    creator_pn: "5511@s.whatsapp.net",
    size: "2",
  };
  const node = child("group", attrs, [
    child("description", { id: "1" }, [child("body", {}, Buffer.from("Plans"))]),
    child("announcement"),
    child("locked"),
    child("member_add_mode", {}, Buffer.from("all_member_add")),
    child("membership_approval_mode", {}, [child("group_join", { state: "on" })]),
    child("ephemeral", { expiration: "86400" }),
    child("linked_parent", { jid: "1@g.us" }),
    child("default_sub_group"),
    child("participant", { jid: "9@lid", phone_number: ALICE.pn, type: "superadmin" }),
    child("participant", { jid: "5512@s.whatsapp.net", lid: "8@lid", type: "admin" }),
    child("participant", { jid: "5513@s.whatsapp.net", error: "403" }),
    child("participant", {}),
  ]);
  expect(groupOf(node)).toEqual({
    id: "120363@g.us",
    subject: "Us",
    description: "Plans",
    owner: ALICE,
    createdAt: new Date(1_700_000_000_000),
    size: 2,
    joinApproval: true,
    isCommunity: false,
    participants: [
      { ...ALICE, role: "SUPER_ADMIN" },
      { id: "8@lid", pn: "5512@s.whatsapp.net", lid: "8@lid", role: "ADMIN" },
    ],
    announcement: true,
    locked: true,
    membersMayAdd: true,
    disappearingSeconds: 86_400,
    communityId: "1@g.us",
    isCommunityAnnouncement: true,
  });
});

test("what WhatsApp does not say is not made up", () => {
  const node = child("group", { id: "1-2@g.us", size: "many", creation: "soon" });
  expect(groupOf(node)).toMatchObject({
    id: "1-2@g.us",
    subject: "",
    description: null,
    owner: null,
    createdAt: null,
    size: 0,
    disappearingSeconds: 0,
    communityId: null,
  });
  expect(groupPreviewOf(child("group"))).toBeUndefined();
});

test("each of several people gets their own answer", async () => {
  const book = createAddressBook({ get: () => ({}) });
  const participant = (error?: string) =>
    child("participant", { jid: "9@lid", phone_number: ALICE.pn, ...(error && { error }) });
  const errors = async (action: "ADD" | "REMOVE", ...told: (string | undefined)[]) => {
    const node = child(action, {}, told.map(participant));
    return (await participantResultsOf(node, action, book)).map(({ error }) => error);
  };
  expect(await errors("ADD", undefined, "403", "404", "408", "409", "419", "999")).toEqual([
    null,
    "PRIVACY_SETTINGS",
    "NOT_ON_WHATSAPP",
    "LEFT_RECENTLY",
    "ALREADY_MEMBER",
    "GROUP_FULL",
    "OTHER",
  ]);
  expect(await errors("REMOVE", "404", "405")).toEqual(["NOT_FOUND", "NOT_ALLOWED"]);
  const [result] = await participantResultsOf(child("add", {}, [participant("403")]), "ADD", book);
  expect(result).toEqual({ participant: ALICE, error: "PRIVACY_SETTINGS", whatsappCode: 403 });
});
