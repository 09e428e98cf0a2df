import type { AccountState } from "../accounts/account-state.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { SimulatorError } from "../errors.ts";
import { accountJid, parsePhone } from "../protocol/jid.ts";
import { type BinaryNode, unixSeconds } from "../protocol/nodes.ts";
import { makeStanzaId } from "../protocol/stanza-id.ts";
import type { GroupChange } from "./group.ts";
import type { Groups, GroupState } from "./groups.ts";

/** One thing that changes, and how the members are told. */
interface Step {
  readonly told: BinaryNode;
  readonly next: (group: GroupState) => Partial<GroupState>;
}

/** Changes a group and tells the linked devices of everyone who is or was in it. */
export class GroupChanges {
  readonly #groups: Groups;
  readonly #accounts: Accounts;

  constructor(groups: Groups, accounts: Accounts) {
    this.#groups = groups;
    this.#accounts = accounts;
  }

  /** @throws {SimulatorError} GROUP_NOT_FOUND, ACCOUNT_NOT_FOUND, BAD_REQUEST, LIMIT_REACHED */
  apply(jid: string, change: GroupChange): GroupState {
    const author = this.#accounts.get(parsePhone(change.by));
    const { participants } = this.#groups.get(jid);
    if (!participants.includes(author.phone)) {
      throw new SimulatorError("BAD_REQUEST", `${author.phone} is not in the group ${jid}`);
    }
    const steps = [...settings(change, author), ...this.#memberships(change)];
    for (const { told, next } of steps) {
      const before = this.#groups.get(jid);
      const after = this.#groups.change(jid, next(before));
      this.#tell([...before.participants, ...after.participants], jid, author, told);
    }
    return this.#groups.get(jid);
  }

  /**
   * Somebody who is not in the group asks to be let in; its members are told.
   * @throws {SimulatorError} GROUP_NOT_FOUND, ACCOUNT_NOT_FOUND, BAD_REQUEST
   */
  ask(jid: string, phone: string): void {
    const asking = this.#accounts.get(parsePhone(phone));
    const { participants } = this.#groups.get(jid);
    if (participants.includes(asking.phone)) {
      throw new SimulatorError("BAD_REQUEST", `${asking.phone} is in the group ${jid} already`);
    }
    const told = people("created_membership_requests", [asking.phone]);
    told.attrs["request_method"] = "invite_link";
    this.#tell(participants, jid, asking, told);
  }

  #memberships({ add, remove, promote, demote }: GroupChange): readonly Step[] {
    const change = (
      tag: string,
      listed: readonly string[] | undefined,
      next: (phones: readonly string[], group: GroupState) => Partial<GroupState>,
    ): readonly Step[] => {
      if (listed === undefined || listed.length === 0) return [];
      const phones = listed.map((phone) => this.#accounts.get(parsePhone(phone)).phone);
      return [{ told: people(tag, phones), next: (group) => next(phones, group) }];
    };
    return [
      ...change("add", add, (phones, { participants }) => ({
        participants: [...new Set([...participants, ...phones])],
      })),
      ...change("remove", remove, (phones, { participants }) => ({
        participants: participants.filter((phone) => !phones.includes(phone)),
      })),
      ...change("promote", promote, (phones, { admins }) => ({
        admins: [...new Set([...admins, ...phones])],
      })),
      ...change("demote", demote, (phones, { admins }) => ({
        admins: admins.filter((phone) => !phones.includes(phone)),
      })),
    ];
  }

  #tell(phones: readonly string[], jid: string, author: AccountState, told: BinaryNode): void {
    const stanza = {
      tag: "notification",
      attrs: {
        from: jid,
        type: "w:gp2",
        id: makeStanzaId(),
        participant: author.jid("pn"),
        participant_lid: author.jid("lid"),
        t: String(unixSeconds()),
        notify: author.name,
      },
      content: [told],
    };
    for (const phone of new Set(phones)) {
      const companions = this.#accounts.find(phone)?.companions ?? [];
      for (const companion of companions) companion.deliver(stanza);
    }
  }
}

function settings(change: GroupChange, author: AccountState): readonly Step[] {
  const { subject, description, announcement, locked } = change;
  const steps: Step[] = [];
  if (subject !== undefined) {
    const attrs = { subject, s_o: author.jid("pn"), s_t: String(unixSeconds()) };
    steps.push({ told: { tag: "subject", attrs }, next: () => ({ subject }) });
  }
  if (description !== undefined) {
    const body = { tag: "body", attrs: {}, content: Buffer.from(description) };
    const told = { tag: "description", attrs: { id: makeStanzaId() }, content: [body] };
    steps.push({ told, next: () => ({ description }) });
  }
  if (announcement !== undefined) {
    const tag = announcement ? "announcement" : "not_announcement";
    steps.push({ told: { tag, attrs: {} }, next: () => ({ announcement }) });
  }
  if (locked !== undefined) {
    const tag = locked ? "locked" : "unlocked";
    steps.push({ told: { tag, attrs: {} }, next: () => ({ locked }) });
  }
  return steps;
}

function people(tag: string, phones: readonly string[]): BinaryNode {
  const content = phones.map((phone) => ({
    tag: "participant",
    attrs: { jid: accountJid(phone, "pn"), lid: accountJid(phone, "lid") },
  }));
  return { tag, attrs: {}, content };
}
