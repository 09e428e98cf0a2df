import type { Accounts } from "../accounts/accounts.ts";
import { SimulatorError } from "../errors.ts";
import { unixSeconds } from "../protocol/nodes.ts";
import type { Channel, ChannelChange } from "./channel.ts";
import { type Notice, tell } from "./notices.ts";

/** Far more than a test makes; the bound only keeps a runaway client from filling memory. */
const MAX_CHANNELS = 1_000;
/** Channel ids look like group ids; another beginning keeps the two apart in logs. */
const FIRST_ID = 120_363_400_000_000_001n;

export interface ChannelDraft {
  readonly name: string;
  readonly description?: string;
  /** A phone number; it follows too. */
  readonly owner?: string | undefined;
  readonly admins?: readonly string[];
  readonly followers?: readonly string[];
}

/** The channels, who follows them, and who of that is told. */
export class Channels {
  readonly #accounts: Accounts;
  readonly #channels = new Map<string, Channel>();

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** @throws {SimulatorError} ACCOUNT_NOT_FOUND, LIMIT_REACHED */
  create({ name, description = "", owner, admins = [], followers = [] }: ChannelDraft): Channel {
    if (this.#channels.size >= MAX_CHANNELS) {
      throw new SimulatorError("LIMIT_REACHED", "too many channels");
    }
    const number = FIRST_ID + BigInt(this.#channels.size);
    const everybody = [...(owner === undefined ? [] : [owner]), ...admins, ...followers];
    const channel: Channel = {
      jid: `${number}@newsletter`,
      name,
      description,
      inviteCode: `0029Va${number}`,
      owner,
      admins,
      followers: [...new Set(everybody.map((phone) => this.#accounts.get(phone).phone))],
      muted: [],
      isVerified: false,
      isDeleted: false,
      picture: undefined,
      createdAt: unixSeconds(),
    };
    this.#channels.set(channel.jid, channel);
    if (owner !== undefined) tell(this.#accounts, owner, "JOIN", channel);
    return channel;
  }

  find(jid: string): Channel | undefined {
    return this.#channels.get(jid);
  }

  /** @throws {SimulatorError} CHANNEL_NOT_FOUND */
  get(jid: string): Channel {
    const channel = this.#channels.get(jid);
    if (channel === undefined) throw new SimulatorError("CHANNEL_NOT_FOUND", `no channel ${jid}`);
    return channel;
  }

  invitedBy(code: string): Channel | undefined {
    return [...this.#channels.values()].find(({ inviteCode }) => inviteCode === code);
  }

  /** Those that an account follows and that are still there. */
  of(phone: string): readonly Channel[] {
    return [...this.#channels.values()].filter(
      ({ followers, isDeleted }) => followers.includes(phone) && !isDeleted,
    );
  }

  /**
   * Whoever it concerns is told.
   * @throws {SimulatorError} CHANNEL_NOT_FOUND, ACCOUNT_NOT_FOUND
   */
  change(jid: string, change: ChannelChange): Channel {
    const before = this.get(jid);
    const { follow = [], unfollow = [], mute = [], unmute = [], picture, ...facts } = change;
    for (const phone of [...follow, ...unfollow, ...mute, ...unmute]) this.#accounts.get(phone);
    const { isDeleted = false, ...said } = facts;
    const after: Channel = {
      ...before,
      ...facts,
      picture: picture === undefined ? before.picture : (picture ?? undefined),
      followers: without([...new Set([...before.followers, ...follow])], unfollow),
      muted: without([...new Set([...before.muted, ...mute])], [...unmute, ...unfollow]),
    };
    this.#channels.set(jid, after);
    this.#tell("JOIN", follow, after);
    this.#tell("LEAVE", unfollow, after);
    this.#tell("MUTE", [...mute, ...unmute], after);
    const isUpdated = Object.keys(said).length > 0 || picture !== undefined;
    if (isUpdated) this.#tell("UPDATE", after.followers, after);
    if (isDeleted) this.#tell("STATE", after.followers, after);
    return after;
  }

  #tell(notice: Notice, phones: readonly string[], channel: Channel): void {
    for (const phone of phones) tell(this.#accounts, phone, notice, channel);
  }
}

function without(all: readonly string[], some: readonly string[]): readonly string[] {
  return all.filter((each) => !some.includes(each));
}
