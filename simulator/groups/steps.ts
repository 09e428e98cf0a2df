import type { AccountState } from "../accounts/account-state.ts";
import type { Addressing } from "../protocol/jid.ts";
import { type BinaryNode, unixSeconds } from "../protocol/nodes.ts";
import { makeStanzaId } from "../protocol/stanza-id.ts";
import type { GroupChange } from "./group.ts";
import { type GroupState, makeInviteCode } from "./groups.ts";
import { people } from "./notices.ts";

/** One thing that changes, and how the members are told. */
export interface Step {
  readonly told: BinaryNode;
  readonly next: (group: GroupState) => Partial<GroupState>;
}

/** The settings that somebody changes. */
export function settingSteps(change: GroupChange, author: AccountState): readonly Step[] {
  const { subject, description, announcement, locked } = change;
  const { membersMayAdd, joinApproval, disappearingSeconds, revokeInvite } = change;
  const steps: Step[] = [];
  if (subject !== undefined) {
    const attrs = { subject, s_o: author.jid("pn"), s_t: String(unixSeconds()) };
    steps.push({ told: { tag: "subject", attrs }, next: () => ({ subject }) });
  }
  if (description !== undefined) steps.push(descriptionStep(description));
  if (announcement !== undefined) {
    const tag = announcement ? "announcement" : "not_announcement";
    steps.push({ told: { tag, attrs: {} }, next: () => ({ announcement }) });
  }
  if (locked !== undefined) {
    const tag = locked ? "locked" : "unlocked";
    steps.push({ told: { tag, attrs: {} }, next: () => ({ locked }) });
  }
  if (membersMayAdd !== undefined) {
    const content = Buffer.from(membersMayAdd ? "all_member_add" : "admin_add");
    const told = { tag: "member_add_mode", attrs: {}, content };
    steps.push({ told, next: () => ({ membersMayAdd }) });
  }
  if (joinApproval !== undefined) {
    const mode = { tag: "group_join", attrs: { state: joinApproval ? "on" : "off" } };
    const told = { tag: "membership_approval_mode", attrs: {}, content: [mode] };
    steps.push({ told, next: () => ({ joinApproval }) });
  }
  if (disappearingSeconds !== undefined) {
    const told: BinaryNode =
      disappearingSeconds === 0
        ? { tag: "not_ephemeral", attrs: {} }
        : { tag: "ephemeral", attrs: { expiration: String(disappearingSeconds) } };
    steps.push({ told, next: () => ({ disappearingSeconds }) });
  }
  if (revokeInvite === true) {
    const inviteCode = makeInviteCode();
    const told = { tag: "invite", attrs: { code: inviteCode } };
    steps.push({ told, next: () => ({ inviteCode }) });
  }
  return steps;
}

function descriptionStep(description: string): Step {
  const descriptionId = makeStanzaId();
  const isRemoved = description === "";
  const body = { tag: "body", attrs: {}, content: Buffer.from(description) };
  return {
    told: {
      tag: "description",
      attrs: { id: descriptionId, ...(isRemoved && { delete: "true" }) },
      content: isRemoved ? [] : [body],
    },
    next: () => ({ description, descriptionId: isRemoved ? undefined : descriptionId }),
  };
}

/** @param change what somebody does to others, all of them given as phone numbers */
export function memberSteps(change: GroupChange, addressing: Addressing): readonly Step[] {
  const { by, add = [], remove = [], promote = [], demote = [] } = change;
  const { approve = [], reject = [] } = change;
  const all: readonly (readonly [string, readonly string[], Step["next"]])[] = [
    ["add", add, came(add)],
    ["add", approve, came(approve)],
    [
      "revoked_membership_requests",
      reject,
      ({ requests }) => ({ requests: without(requests, reject) }),
    ],
    [
      "remove",
      remove,
      ({ participants, admins, left }) => ({
        participants: without(participants, remove),
        admins: without(admins, remove),
        left: remove.includes(by) ? together(left, [by]) : left,
      }),
    ],
    ["promote", promote, ({ admins }) => ({ admins: together(admins, promote) })],
    ["demote", demote, ({ admins }) => ({ admins: without(admins, demote) })],
  ];
  return all.flatMap(([tag, phones, next]) =>
    phones.length === 0 ? [] : [{ told: people(tag, phones, addressing), next }],
  );
}

function without(all: readonly string[], some: readonly string[]): readonly string[] {
  return all.filter((phone) => !some.includes(phone));
}

function together(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])];
}

/** They are members, and wait no longer. */
function came(phones: readonly string[]): Step["next"] {
  return ({ participants, requests }) => ({
    participants: together(participants, phones),
    requests: without(requests, phones),
  });
}
