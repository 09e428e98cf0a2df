import { accountJid } from "../protocol/jid.ts";
import type { BinaryNode } from "../protocol/nodes.ts";
import type { GroupState } from "./groups.ts";
import { participantNode } from "./notices.ts";

/** A group as WhatsApp describes it to its members. */
export function groupNode(group: GroupState): BinaryNode {
  const preview = groupPreviewNode(group);
  const content = Array.isArray(preview.content) ? preview.content : [];
  return { ...preview, content: [...content, ...group.participants.map(memberOf(group))] };
}

/** The same as those see it who are not in it. */
export function groupPreviewNode(group: GroupState): BinaryNode {
  const [creator = ""] = group.participants;
  const t = String(group.createdAt);
  return {
    tag: "group",
    attrs: {
      id: group.jid.replace("@g.us", ""),
      subject: group.subject,
      s_t: t,
      s_o: accountJid(creator, group.addressing),
      creation: t,
      creator: accountJid(creator, group.addressing),
      ...(group.addressing === "lid" && { creator_pn: accountJid(creator, "pn") }),
      addressing_mode: group.addressing,
      size: String(group.participants.length),
    },
    content: settingsOf(group),
  };
}

function settingsOf(group: GroupState): BinaryNode[] {
  const { descriptionId, disappearingSeconds, community } = group;
  const mode = Buffer.from(group.membersMayAdd ? "all_member_add" : "admin_add");
  const body = { tag: "body", attrs: {}, content: Buffer.from(group.description) };
  return [
    ...flag("announcement", group.announcement),
    ...flag("locked", group.locked),
    ...flag("parent", group.isCommunity),
    { tag: "member_add_mode", attrs: {}, content: mode },
    ...(group.joinApproval
      ? [
          {
            tag: "membership_approval_mode",
            attrs: {},
            content: [{ tag: "group_join", attrs: { state: "on" } }],
          },
        ]
      : []),
    ...(descriptionId === undefined
      ? []
      : [{ tag: "description", attrs: { id: descriptionId }, content: [body] }]),
    ...(disappearingSeconds === 0
      ? []
      : [{ tag: "ephemeral", attrs: { expiration: String(disappearingSeconds) } }]),
    ...(community === undefined ? [] : [{ tag: "linked_parent", attrs: { jid: community } }]),
  ];
}

function memberOf({ participants: [creator], admins, addressing }: GroupState) {
  return (phone: string): BinaryNode => {
    const role = phone === creator ? "superadmin" : "admin";
    return participantNode(phone, addressing, admins.includes(phone) ? { type: role } : {});
  };
}

function flag(tag: string, isSet: boolean): BinaryNode[] {
  return isSet ? [{ tag, attrs: {} }] : [];
}
