import type { AccountState } from "../accounts/account-state.ts";
import { participantNode } from "../groups/notices.ts";
import { expectAdmin, expectMember } from "../groups/rights.ts";
import { type BinaryNode, childrenNamed, childrenOf, iqResult } from "../protocol/nodes.ts";
import { type Addressing, parseDevice } from "../protocol/jid.ts";
import type { GroupRooms } from "./group-rooms.ts";

/** What is wrong with one of those who were named; undefined for nothing. */
type Judge = (phone: string) => number | undefined;

const NO_ACCOUNT = 404;
const NO_MEMBER = 404;
const NOT_ALLOWED = 405;
const LEFT_RECENTLY = 408;
const MEMBER_ALREADY = 409;

export function answerAdd(
  iq: BinaryNode,
  command: BinaryNode,
  { phone: by }: AccountState,
  { groups, changes, accounts }: GroupRooms,
): BinaryNode {
  const jid = iq.attrs["to"] ?? "";
  const { participants, left, addressing } = groups.get(jid);
  const judged = judge(command, addressing, (phone) => {
    if (accounts.find(phone) === undefined) return NO_ACCOUNT;
    if (participants.includes(phone)) return MEMBER_ALREADY;
    return left.includes(phone) ? LEFT_RECENTLY : undefined;
  });
  changes.apply(jid, { by, add: judged.taken });
  return iqResult(iq, [{ tag: command.tag, attrs: {}, content: judged.told }]);
}

/** Removes, promotes or demotes. */
export function answerMembers(
  iq: BinaryNode,
  command: BinaryNode,
  { phone: by }: AccountState,
  { groups, changes }: GroupRooms,
): BinaryNode {
  const jid = iq.attrs["to"] ?? "";
  const group = groups.get(jid);
  expectMember(group, by);
  expectAdmin(group, by);
  const [owner] = group.participants;
  const judged = judge(command, group.addressing, (phone) => {
    if (!group.participants.includes(phone)) return NO_MEMBER;
    return phone === owner && phone !== by && command.tag !== "promote" ? NOT_ALLOWED : undefined;
  });
  changes.apply(jid, { by, [command.tag]: judged.taken });
  return iqResult(iq, [{ tag: command.tag, attrs: {}, content: judged.told }]);
}

/** Lets in, or refuses, who has asked. */
export function answerRequests(
  iq: BinaryNode,
  command: BinaryNode,
  { phone: by }: AccountState,
  { groups, changes }: GroupRooms,
): BinaryNode {
  const jid = iq.attrs["to"] ?? "";
  const { requests, addressing } = groups.get(jid);
  const content = childrenOf(command).map(({ tag, ...action }) => {
    const judged = judge({ tag, ...action }, addressing, (phone) =>
      requests.includes(phone) ? undefined : NO_MEMBER,
    );
    changes.apply(jid, { by, [tag]: judged.taken });
    return { tag, attrs: {}, content: judged.told };
  });
  return iqResult(iq, [{ tag: command.tag, attrs: {}, content }]);
}

function judge(command: BinaryNode, addressing: Addressing, wrongWith: Judge) {
  const judged = childrenNamed(command, "participant").map(({ attrs }) => {
    const phone = parseDevice(attrs["jid"])?.phone ?? "";
    return { phone, error: wrongWith(phone), attrs };
  });
  return {
    taken: judged.filter(({ error }) => error === undefined).map(({ phone }) => phone),
    told: judged.map(({ phone, error, attrs }): BinaryNode => {
      const code = error === undefined ? {} : { error: String(error) };
      // Who has no account has no other name.
      if (error === NO_ACCOUNT || addressing === "pn") {
        return { tag: "participant", attrs: { ...attrs, ...code } };
      }
      return participantNode(phone, addressing, code);
    }),
  };
}
