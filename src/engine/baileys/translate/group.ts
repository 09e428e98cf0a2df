import {
  type GroupChange,
  type GroupNews,
  type JoinRequestAction,
  type MemberAction,
  NO_GROUP_CHANGE,
} from "../../../domain/group.ts";
import { addressOf, bareJid, isGroup } from "../../../domain/address.ts";
import type { AddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import { authorOf, given } from "./names.ts";

const MEMBERS: ReadonlyMap<string, MemberAction> = new Map([
  ["add", "ADDED"],
  ["remove", "REMOVED"],
  ["leave", "LEFT"],
  ["promote", "PROMOTED"],
  ["demote", "DEMOTED"],
  ["modify", "CHANGED_NUMBER"],
]);

/** Reads a notification about a group (`w:gp2`, or a new picture of one); nothing when it is about something else. */
export async function groupNewsOf(
  { attrs, content }: BinaryNode,
  book: AddressBook,
): Promise<GroupNews | undefined> {
  const { from, type } = attrs;
  const child = Array.isArray(content) ? content[0] : undefined;
  if (from === undefined || !isGroup(from) || child === undefined) return undefined;
  const names = given(...authorOf(attrs), type === "picture" ? child.attrs["author"] : undefined);
  const author = names.length === 0 ? null : await book.complete(names);
  const common = { group: addressOf(from), author };
  if (type === "picture") {
    const change = { ...NO_GROUP_CHANGE, pictureChanged: true };
    return { type: "group.update", ...common, change };
  }
  if (type !== "w:gp2") return undefined;

  const action = MEMBERS.get(child.tag);
  if (action !== undefined) {
    const participants = await Promise.all(people(child).map((each) => book.complete(each)));
    const isOwn = participants.length === 1 && participants[0]?.id === author?.id;
    const told = action === "REMOVED" && isOwn ? "LEFT" : action;
    return { type: "group.participants", ...common, action: told, participants };
  }
  const request = await joinRequestOf(child, names, book);
  if (request !== undefined) return { type: "group.join_request", ...common, ...request };
  const change = changeOf(child);
  if (change === undefined) return undefined;
  return { type: "group.update", ...common, change: { ...NO_GROUP_CHANGE, ...change } };
}

async function joinRequestOf(child: BinaryNode, author: readonly string[], book: AddressBook) {
  const isCreated = child.tag === "created_membership_requests";
  if (!isCreated && child.tag !== "revoked_membership_requests") return undefined;
  const named = people(child);
  const who = named.length > 0 ? named : [author];
  const participants = await Promise.all(
    who.filter((names) => names.length > 0).map((names) => book.complete(names)),
  );
  // Who takes back what they have asked for themselves; an admin refuses.
  const isOwn = author.some((name) =>
    who.some((names) => names.map(bareJid).includes(bareJid(name))),
  );
  const action: JoinRequestAction = isCreated ? "CREATED" : isOwn ? "REVOKED" : "REJECTED";
  return { action, participants };
}

/** The people a change is about, each by the names that were given. */
function people({ content }: BinaryNode): readonly (readonly string[])[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap(({ tag, attrs }) => {
    const names = given(attrs["jid"], attrs["phone_number"], attrs["lid"]);
    return tag !== "participant" || names.length === 0 ? [] : [names];
  });
}

function changeOf({ tag, attrs, content }: BinaryNode): Partial<GroupChange> | undefined {
  switch (tag) {
    case "create": {
      const group = Array.isArray(content)
        ? content.find((each) => each.tag === "group")
        : undefined;
      return { isNew: true, subject: group?.attrs["subject"] ?? attrs["subject"] ?? null };
    }
    case "subject":
      return { subject: attrs["subject"] ?? "" };
    case "description":
      return { description: textIn(content, "body") };
    case "announcement":
    case "not_announcement":
      return { announcement: tag === "announcement" };
    case "locked":
    case "unlocked":
      return { locked: tag === "locked" };
    case "ephemeral":
      return { disappearingSeconds: Number(attrs["expiration"]) || 0 };
    case "not_ephemeral":
      return { disappearingSeconds: 0 };
    case "invite":
      return { inviteCode: attrs["code"] ?? null };
    case "member_add_mode":
      return { membersMayAdd: textOf(content) === "all_member_add" };
    case "membership_approval_mode": {
      const mode = Array.isArray(content) ? content[0] : undefined;
      return { joinApproval: mode?.attrs["state"] === "on" };
    }
    default:
      return undefined;
  }
}

function textIn(content: BinaryNode["content"], tag: string): string {
  if (!Array.isArray(content)) return "";
  return textOf(content.find((child) => child.tag === tag)?.content);
}

function textOf(content: BinaryNode["content"]): string {
  if (typeof content === "string") return content;
  return content instanceof Uint8Array ? Buffer.from(content).toString() : "";
}
