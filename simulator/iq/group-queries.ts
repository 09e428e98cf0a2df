import type { AccountState } from "../accounts/account-state.ts";
import type { Groups, GroupState } from "../groups/groups.ts";
import { accountJid, parseDevice } from "../protocol/jid.ts";
import {
  type BinaryNode,
  childNamed,
  childrenNamed,
  iqError,
  iqResult,
} from "../protocol/nodes.ts";

/** `iq w:g2`: metadata of one group or all of them, and the making of a new one. */
export function answerGroupQuery(
  iq: BinaryNode,
  account: AccountState,
  groups: Groups,
): BinaryNode {
  const create = childNamed(iq, "create");
  if (create !== undefined) return answerCreate(iq, create, account, groups);
  if (childNamed(iq, "participating") !== undefined) {
    const content = groups.of(account.phone).map(groupNode);
    return iqResult(iq, [{ tag: "groups", attrs: {}, content }]);
  }
  if (childNamed(iq, "query") === undefined) return iqError(iq, 501, "feature-not-implemented");
  const group = groups.find(iq.attrs["to"] ?? "");
  if (group === undefined) return iqError(iq, 404, "item-not-found");
  if (!group.participants.includes(account.phone)) return iqError(iq, 403, "forbidden");
  return iqResult(iq, [groupNode(group)]);
}

function answerCreate(
  iq: BinaryNode,
  create: BinaryNode,
  account: AccountState,
  groups: Groups,
): BinaryNode {
  const invited = childrenNamed(create, "participant").flatMap(
    ({ attrs }) => parseDevice(attrs["jid"])?.phone ?? [],
  );
  const subject = create.attrs["subject"] ?? "";
  return iqResult(iq, [groupNode(groups.create(subject, [account.phone, ...invited]))]);
}

function groupNode(group: GroupState): BinaryNode {
  const [creator = ""] = group.participants;
  const t = String(group.createdAt);
  const role = (phone: string): Record<string, string> => {
    if (phone === creator) return { type: "superadmin" };
    return group.admins.includes(phone) ? { type: "admin" } : {};
  };
  return {
    tag: "group",
    attrs: {
      id: group.jid.replace("@g.us", ""),
      subject: group.subject,
      s_t: t,
      s_o: accountJid(creator, "pn"),
      creation: t,
      creator: accountJid(creator, "pn"),
      addressing_mode: "pn",
      size: String(group.participants.length),
    },
    content: group.participants.map((phone) => ({
      tag: "participant",
      attrs: {
        jid: accountJid(phone, "pn"),
        lid: accountJid(phone, "lid"),
        ...role(phone),
      },
    })),
  };
}
