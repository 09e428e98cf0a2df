import type { AccountState } from "../accounts/account-state.ts";
import { groupNode, groupPreviewNode } from "../groups/group-node.ts";
import type { Groups, GroupState } from "../groups/groups.ts";
import { accountJid } from "../protocol/jid.ts";
import {
  type BinaryNode,
  childNamed,
  childrenOf,
  iqError,
  iqResult,
  unixSeconds,
} from "../protocol/nodes.ts";

/** `iq get w:g2`: what a member, or who has the link, may know of a group. */
export function answerGroupQuery(
  iq: BinaryNode,
  account: AccountState,
  groups: Groups,
): BinaryNode {
  if (childNamed(iq, "participating") !== undefined) {
    const content = groups.of(account.phone).map(groupNode);
    return iqResult(iq, [{ tag: "groups", attrs: {}, content }]);
  }
  const [asked] = childrenOf(iq);
  const code = asked?.tag === "invite" ? asked.attrs["code"] : undefined;
  if (code !== undefined) {
    const invited = groups.invitedBy(code);
    return invited === undefined
      ? iqError(iq, 406, "not-acceptable")
      : iqResult(iq, [groupPreviewNode(invited)]);
  }
  const group = groups.find(iq.attrs["to"] ?? "");
  if (group === undefined) return iqError(iq, 404, "item-not-found");
  if (!group.participants.includes(account.phone)) return iqError(iq, 403, "forbidden");
  return answerMember(iq, group, asked?.tag ?? "", account, groups);
}

function answerMember(
  iq: BinaryNode,
  group: GroupState,
  asked: string,
  account: AccountState,
  groups: Groups,
): BinaryNode {
  const isAdmin = group.admins.includes(account.phone);
  switch (asked) {
    case "query":
      return iqResult(iq, [groupNode(group)]);
    case "invite":
      if (!isAdmin) return iqError(iq, 401, "not-authorized");
      return iqResult(iq, [{ tag: "invite", attrs: { code: group.inviteCode } }]);
    case "membership_approval_requests":
      if (!isAdmin) return iqError(iq, 403, "forbidden");
      return iqResult(iq, [{ tag: asked, attrs: {}, content: group.requests.map(requestOf) }]);
    case "sub_groups":
      if (!group.isCommunity) return iqError(iq, 400, "bad-request");
      return iqResult(iq, [
        { tag: asked, attrs: {}, content: groups.within(group.jid).map(groupPreviewNode) },
      ]);
    default:
      return iqError(iq, 501, "feature-not-implemented");
  }
}

function requestOf(phone: string): BinaryNode {
  return {
    tag: "membership_approval_request",
    attrs: {
      jid: accountJid(phone, "lid"),
      phone_number: accountJid(phone, "pn"),
      request_method: "invite_link",
      request_time: String(unixSeconds()),
    },
  };
}
