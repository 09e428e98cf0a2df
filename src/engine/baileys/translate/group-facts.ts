import { type Address, addressOf, bareJid } from "../../../domain/address.ts";
import type {
  Group,
  GroupParticipant,
  GroupPreview,
  GroupRole,
  LinkedGroup,
} from "../../../domain/group-facts.ts";
import type { Jid } from "../../../domain/ids.ts";
import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren } from "../library.ts";
import { given } from "./names.ts";
import { count, instant } from "./numbers.ts";

/** A `<group>` as WhatsApp describes it to who has its link; nothing when it has no id. */
export function groupPreviewOf(node: BinaryNode): GroupPreview | undefined {
  const { attrs } = node;
  const id = groupIdOf(attrs["id"]);
  if (id === undefined) return undefined;
  const owner = given(attrs["creator"], attrs["creator_pn"], attrs["creator_lid"]);
  return {
    id,
    subject: attrs["subject"] ?? "",
    description: textIn(getBinaryNodeChild(node, "description"), "body") || null,
    owner: owner.length === 0 ? null : addressOf(...owner),
    createdAt: instant(attrs["creation"]),
    size: count(attrs["size"]) ?? membersOf(node).length,
    joinApproval: has(node, "membership_approval_mode"),
    isCommunity: has(node, "parent"),
  };
}

/** A `<group>` as WhatsApp describes it to its members. */
export function groupOf(node: BinaryNode): Group | undefined {
  const preview = groupPreviewOf(node);
  if (preview === undefined) return undefined;
  const parent = getBinaryNodeChild(node, "linked_parent")?.attrs["jid"];
  const participants = membersOf(node);
  return {
    ...preview,
    owner: completed(preview.owner, participants),
    participants,
    announcement: has(node, "announcement"),
    locked: has(node, "locked"),
    membersMayAdd: textIn(node, "member_add_mode") === "all_member_add",
    disappearingSeconds: count(getBinaryNodeChild(node, "ephemeral")?.attrs["expiration"]) ?? 0,
    communityId: parent === undefined ? null : bareJid(parent),
    isCommunityAnnouncement: has(node, "default_sub_group"),
  };
}

/** A `<group>` of a community's list. */
export function linkedGroupOf(node: BinaryNode): LinkedGroup | undefined {
  const id = groupIdOf(node.attrs["id"]);
  if (id === undefined) return undefined;
  return {
    id,
    subject: node.attrs["subject"] ?? "",
    size: count(node.attrs["size"]),
    isCommunityAnnouncement: has(node, "default_sub_group"),
  };
}

/** WhatsApp leaves the server out where it is clear. */
export function groupIdOf(id: string | undefined): Jid | undefined {
  if (!id) return undefined;
  return (id.includes("@") ? id : `${id}@g.us`) as Jid;
}

/** WhatsApp often gives one name of who made a group, and both where it names them as a member. */
function completed(owner: Address | null, members: readonly GroupParticipant[]): Address | null {
  const member = owner && members.find(({ pn, lid }) => pn === owner.id || lid === owner.id);
  if (!member) return owner;
  const { id, pn, lid } = member;
  return { id, pn, lid };
}

function membersOf(node: BinaryNode): readonly GroupParticipant[] {
  return getBinaryNodeChildren(node, "participant").flatMap(({ attrs }) => {
    const names = given(attrs["jid"], attrs["phone_number"], attrs["lid"]);
    // In the answer to the making of a group also those stand who could not be added.
    if (names.length === 0 || attrs["error"] !== undefined) return [];
    return [{ ...addressOf(...names), role: roleOf(attrs["type"]) }];
  });
}

function roleOf(type: string | undefined): GroupRole {
  if (type === "superadmin") return "SUPER_ADMIN";
  return type === "admin" ? "ADMIN" : "MEMBER";
}

function has(node: BinaryNode, tag: string): boolean {
  return getBinaryNodeChild(node, tag) !== undefined;
}

function textIn(node: BinaryNode | undefined, tag: string): string {
  const content = getBinaryNodeChild(node, tag)?.content;
  if (typeof content === "string") return content;
  return content instanceof Uint8Array ? Buffer.from(content).toString() : "";
}
