import { randomBytes } from "node:crypto";
import { SimulatorError } from "../errors.ts";
import type { GroupJid } from "../protocol/jid.ts";
import { unixSeconds } from "../protocol/nodes.ts";
import { makeStanzaId } from "../protocol/stanza-id.ts";
import type { Group } from "./group.ts";

/** Far more groups than a test makes; the bound only keeps a runaway client from filling memory. */
const MAX_GROUPS = 10_000;
/** WhatsApp's own limit for members of a group. */
const MAX_PARTICIPANTS = 1_024;
/** Group ids look like this on WhatsApp: 18 digits that begin with 120363. */
const FIRST_ID = 120_363_000_000_000_001n;
/** A code on WhatsApp has 22 characters. */
const CODE_BYTES = 16;

export interface GroupState extends Group {
  readonly jid: GroupJid;
  /** Unix seconds. */
  readonly createdAt: number;
  /** Changes with every description; whoever changes it names the one before. */
  readonly descriptionId: string | undefined;
  /** Who has left by themselves: they cannot be added for a while. */
  readonly left: readonly string[];
}

/** What a group may be made with. */
export type GroupOptions = Partial<
  Pick<GroupState, "addressing" | "description" | "joinApproval" | "isCommunity" | "community">
>;

export class Groups {
  readonly #groups = new Map<string, GroupState>();

  /** @throws {SimulatorError} BAD_REQUEST, LIMIT_REACHED */
  create(subject: string, participants: readonly string[], options: GroupOptions = {}): GroupState {
    const members = [...new Set(participants)];
    const [creator] = members;
    if (creator === undefined)
      throw new SimulatorError("BAD_REQUEST", "a group needs a participant");
    if (members.length > MAX_PARTICIPANTS || this.#groups.size >= MAX_GROUPS) {
      throw new SimulatorError("LIMIT_REACHED", "too many participants or groups");
    }
    const jid: GroupJid = `${FIRST_ID + BigInt(this.#groups.size)}@g.us`;
    const group: GroupState = {
      jid,
      addressing: "pn",
      subject,
      description: "",
      descriptionId: options.description ? makeStanzaId() : undefined,
      participants: members,
      admins: [creator],
      announcement: false,
      locked: false,
      membersMayAdd: true,
      joinApproval: false,
      disappearingSeconds: 0,
      inviteCode: makeInviteCode(),
      requests: [],
      left: [],
      picture: undefined,
      isCommunity: false,
      community: undefined,
      createdAt: unixSeconds(),
      ...options,
    };
    this.#groups.set(jid, group);
    return group;
  }

  find(jid: string): GroupState | undefined {
    return this.#groups.get(jid);
  }

  /** @throws {SimulatorError} GROUP_NOT_FOUND */
  get(jid: string): GroupState {
    const group = this.find(jid);
    if (group === undefined) throw new SimulatorError("GROUP_NOT_FOUND", `no group ${jid}`);
    return group;
  }

  /** The group that this link leads to, as long as it is its newest. */
  invitedBy(code: string): GroupState | undefined {
    return [...this.#groups.values()].find(({ inviteCode }) => inviteCode === code);
  }

  /** @throws {SimulatorError} GROUP_NOT_FOUND, LIMIT_REACHED */
  change(jid: string, change: Partial<Omit<GroupState, "jid" | "createdAt">>): GroupState {
    const group = { ...this.get(jid), ...change };
    if (group.participants.length > MAX_PARTICIPANTS) {
      throw new SimulatorError("LIMIT_REACHED", "too many participants");
    }
    this.#groups.set(jid, group);
    return group;
  }

  of(phone: string): readonly GroupState[] {
    return [...this.#groups.values()].filter((group) => group.participants.includes(phone));
  }

  /** The groups that are linked to a community. */
  within(community: string): readonly GroupState[] {
    return [...this.#groups.values()].filter((group) => group.community === community);
  }
}

export function makeInviteCode(): string {
  return randomBytes(CODE_BYTES).toString("base64url");
}
