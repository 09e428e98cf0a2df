import type { AccountState } from "../accounts/account-state.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { SimulatorError } from "../errors.ts";
import { groupNode } from "./group-node.ts";
import { parsePhone } from "../protocol/jid.ts";
import { makeStanzaId } from "../protocol/stanza-id.ts";
import type { GroupChange } from "./group.ts";
import type { GroupOptions, Groups, GroupState } from "./groups.ts";
import { people, type TellMembers, tellMembers } from "./notices.ts";
import { expectAdmin, expectMember, expectRight } from "./rights.ts";
import { memberSteps, settingSteps } from "./steps.ts";

/** Changes a group and tells the linked devices of everyone who is or was in it. */
export class GroupChanges {
  readonly #groups: Groups;
  readonly #accounts: Accounts;
  readonly #tell: TellMembers;

  constructor(groups: Groups, accounts: Accounts) {
    this.#groups = groups;
    this.#accounts = accounts;
    this.#tell = tellMembers(accounts);
  }

  /**
   * Somebody makes a group; everyone in it is told.
   * @throws {SimulatorError} BAD_REQUEST, LIMIT_REACHED
   */
  create(
    by: AccountState,
    subject: string,
    others: readonly string[],
    options: GroupOptions = {},
  ): GroupState {
    const group = this.#groups.create(subject, [by.phone, ...others], options);
    const told = { tag: "create", attrs: { type: "new" }, content: [groupNode(group)] };
    this.#tell(group.participants, group, by, told);
    return group;
  }

  /** @throws {SimulatorError} GROUP_NOT_FOUND, ACCOUNT_NOT_FOUND, BAD_REQUEST, NOT_ALLOWED, LIMIT_REACHED */
  apply(jid: string, given: GroupChange): GroupState {
    const author = this.#accounts.get(parsePhone(given.by));
    const change = { ...given, by: author.phone, ...this.#phones(given) };
    const group = this.#groups.get(jid);
    expectRight(group, change);
    const steps = [...settingSteps(change, author), ...memberSteps(change, group.addressing)];
    for (const { told, next } of steps) {
      const before = this.#groups.get(jid);
      const after = this.#groups.change(jid, next(before));
      this.#tell([...before.participants, ...after.participants], after, author, told);
    }
    return this.#groups.get(jid);
  }

  /** @throws {SimulatorError} GROUP_NOT_FOUND, BAD_REQUEST, NOT_ALLOWED */
  setPicture(jid: string, by: AccountState, picture: Buffer | undefined): void {
    const group = this.#groups.get(jid);
    expectMember(group, by.phone);
    if (group.locked) expectAdmin(group, by.phone);
    this.#groups.change(jid, { picture });
    const tag = picture === undefined ? "delete" : "set";
    const told = { tag, attrs: { jid, author: by.jid("pn"), id: makeStanzaId() } };
    this.#tell(group.participants, group, by, told, "picture");
  }

  /**
   * Somebody who is not in the group comes by its link: they are in it, or ask to be let in.
   * @throws {SimulatorError} GROUP_NOT_FOUND, LIMIT_REACHED
   */
  join(jid: string, who: AccountState): "joined" | "asked" {
    const { participants, joinApproval, addressing } = this.#groups.get(jid);
    if (participants.includes(who.phone)) return "joined";
    if (joinApproval) {
      this.ask(jid, who.phone);
      return "asked";
    }
    for (const { told, next } of memberSteps({ by: who.phone, add: [who.phone] }, addressing)) {
      const after = this.#groups.change(jid, next(this.#groups.get(jid)));
      this.#tell(after.participants, after, who, told);
    }
    return "joined";
  }

  /**
   * Somebody who is not in the group asks to be let in; its members are told.
   * @throws {SimulatorError} GROUP_NOT_FOUND, ACCOUNT_NOT_FOUND, BAD_REQUEST
   */
  ask(jid: string, phone: string): void {
    const asking = this.#accounts.get(parsePhone(phone));
    const group = this.#groups.get(jid);
    const { participants, requests, addressing } = group;
    if (participants.includes(asking.phone)) {
      throw new SimulatorError("BAD_REQUEST", `${asking.phone} is in the group ${jid} already`);
    }
    this.#groups.change(jid, { requests: [...new Set([...requests, asking.phone])] });
    const told = people("created_membership_requests", [asking.phone], addressing);
    told.attrs["request_method"] = "invite_link";
    this.#tell(participants, group, asking, told);
  }

  /**
   * Links a group to a community, or unlinks it; the members of both are told.
   * @throws {SimulatorError} GROUP_NOT_FOUND, BAD_REQUEST, NOT_ALLOWED
   */
  link(community: string, jid: string, by: AccountState, isLinked: boolean): void {
    const parent = this.#groups.get(community);
    const group = this.#groups.get(jid);
    if (!parent.isCommunity) throw new SimulatorError("BAD_REQUEST", `${community} is a group`);
    for (const each of [parent, group]) {
      expectMember(each, by.phone);
      expectAdmin(each, by.phone);
    }
    this.#groups.change(jid, { community: isLinked ? community : undefined });
    const tag = isLinked ? "link" : "unlink";
    const about = (type: string, other: GroupState) => ({
      tag,
      attrs: { [`${tag}_type`]: type },
      content: [{ tag: "group", attrs: { jid: other.jid, subject: other.subject } }],
    });
    this.#tell(parent.participants, parent, by, about("sub_group", group));
    this.#tell(group.participants, group, by, about("parent_group", parent));
  }

  /** The numbers of a change as accounts write them. */
  #phones({ add, remove, promote, demote, approve, reject }: GroupChange): Partial<GroupChange> {
    const lists = { add, remove, promote, demote, approve, reject };
    return Object.fromEntries(
      Object.entries(lists).flatMap(([name, listed]) =>
        listed === undefined
          ? []
          : [[name, listed.map((phone) => this.#accounts.get(parsePhone(phone)).phone)]],
      ),
    );
  }
}
