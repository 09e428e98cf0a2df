import type { AccountState } from "../accounts/account-state.ts";
import { SimulatorError } from "../errors.ts";
import type { GroupChanges } from "../groups/changes.ts";
import type { GroupChange } from "../groups/group.ts";
import { groupNode } from "../groups/group-node.ts";
import {
  type BinaryNode,
  childNamed,
  childrenOf,
  iqError,
  iqResult,
  textOf,
} from "../protocol/nodes.ts";
import { answerAdd, answerMembers, answerRequests } from "./group-members.ts";
import type { GroupRooms } from "./group-rooms.ts";

/** WhatsApp takes no longer subject. */
const MAX_SUBJECT = 100;

/** `iq set w:g2`: a device changes a group, or makes, joins or leaves one. */
export function answerGroupCommand(
  iq: BinaryNode,
  account: AccountState,
  rooms: GroupRooms,
): BinaryNode {
  try {
    return obey(iq, account, rooms);
  } catch (error) {
    return refusalOf(iq, error);
  }
}

/** The answer to what could not be done. */
export function refusalOf(iq: BinaryNode, error: unknown): BinaryNode {
  if (!(error instanceof SimulatorError)) throw error;
  if (error.code === "GROUP_NOT_FOUND") return iqError(iq, 404, "item-not-found");
  if (error.code === "LIMIT_REACHED") return iqError(iq, 419, "resource-limit");
  return iqError(iq, 403, "forbidden");
}

function obey(iq: BinaryNode, account: AccountState, rooms: GroupRooms): BinaryNode {
  const [command = { tag: "", attrs: {} }] = childrenOf(iq);
  const jid = iq.attrs["to"] ?? "";
  const { groups, changes } = rooms;
  switch (command.tag) {
    case "create":
      return answerCreate(iq, command, account, rooms);
    case "leave":
      return answerLeave(iq, command, account, changes);
    case "invite":
      return answerInvite(iq, command, account, rooms);
    case "add":
      return answerAdd(iq, command, account, rooms);
    case "remove":
    case "promote":
    case "demote":
      return answerMembers(iq, command, account, rooms);
    case "membership_requests_action":
      return answerRequests(iq, command, account, rooms);
    case "description": {
      const { prev } = command.attrs;
      if (prev !== groups.get(jid).descriptionId) return iqError(iq, 409, "conflict");
      changes.apply(jid, { by: account.phone, description: textOf(childNamed(command, "body")) });
      return iqResult(iq);
    }
    case "links":
    case "unlink": {
      const isLinked = command.tag === "links";
      const list = isLinked ? childNamed(command, "link") : command;
      const group = childNamed(list, "group")?.attrs["jid"] ?? "";
      changes.link(jid, group, account, isLinked);
      return iqResult(iq, [{ tag: command.tag, attrs: {}, content: [] }]);
    }
    default: {
      const change = settingOf(command);
      if (change === undefined) return iqError(iq, 501, "feature-not-implemented");
      if ((change.subject?.length ?? 0) > MAX_SUBJECT) return iqError(iq, 406, "not-acceptable");
      changes.apply(jid, { by: account.phone, ...change });
      return iqResult(iq);
    }
  }
}

function settingOf(command: BinaryNode): Omit<GroupChange, "by"> | undefined {
  switch (command.tag) {
    case "subject":
      return { subject: textOf(command) };
    case "announcement":
    case "not_announcement":
      return { announcement: command.tag === "announcement" };
    case "locked":
    case "unlocked":
      return { locked: command.tag === "locked" };
    case "member_add_mode":
      return { membersMayAdd: textOf(command) === "all_member_add" };
    case "membership_approval_mode":
      return { joinApproval: childNamed(command, "group_join")?.attrs["state"] === "on" };
    case "ephemeral":
      return { disappearingSeconds: Number(command.attrs["expiration"]) };
    case "not_ephemeral":
      return { disappearingSeconds: 0 };
    default:
      return undefined;
  }
}

/** Who cannot be added is told beside those who were. */
function answerCreate(
  iq: BinaryNode,
  create: BinaryNode,
  account: AccountState,
  { changes, accounts }: GroupRooms,
): BinaryNode {
  const named = childrenOf(create).filter(({ tag }) => tag === "participant");
  const found = named.map(({ attrs }) => accounts.byJid(attrs["jid"])?.phone);
  const body = textOf(childNamed(childNamed(create, "description"), "body"));
  const parent = childNamed(create, "parent");
  const subject = create.attrs["subject"] ?? "";
  if (subject === "" || subject.length > MAX_SUBJECT) return iqError(iq, 406, "not-acceptable");
  const others = found.filter((phone) => phone !== undefined);
  const group = changes.create(account, subject, others, {
    description: body,
    isCommunity: parent !== undefined,
    joinApproval: parent !== undefined,
  });
  const refused = named
    .filter((_, index) => found[index] === undefined)
    .map(({ attrs }) => ({ tag: "participant", attrs: { ...attrs, error: "404" } }));
  const node = groupNode(group);
  return iqResult(iq, [{ ...node, content: [...childrenOf(node), ...refused] }]);
}

function answerLeave(
  iq: BinaryNode,
  leave: BinaryNode,
  { phone }: AccountState,
  changes: GroupChanges,
): BinaryNode {
  const group = childNamed(leave, "group");
  changes.apply(group?.attrs["id"] ?? "", { by: phone, remove: [phone] });
  return iqResult(iq, [leave]);
}

/** With a code one joins by the link, without one makes a new link. */
function answerInvite(
  iq: BinaryNode,
  { attrs: { code } }: BinaryNode,
  account: AccountState,
  { groups, changes }: GroupRooms,
): BinaryNode {
  if (code === undefined) {
    const change = { by: account.phone, revokeInvite: true };
    const { inviteCode } = changes.apply(iq.attrs["to"] ?? "", change);
    return iqResult(iq, [{ tag: "invite", attrs: { code: inviteCode } }]);
  }
  const group = groups.invitedBy(code);
  if (group === undefined) return iqError(iq, 406, "not-acceptable");
  const { jid } = group;
  const tag = changes.join(jid, account) === "asked" ? "membership_approval_request" : "group";
  return iqResult(iq, [{ tag, attrs: { jid } }]);
}
