import type { AccountState } from "../accounts/account-state.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { Companion } from "../accounts/companion.ts";
import type { Chat } from "../accounts/handset.ts";
import type { Channels } from "../channels/channels.ts";
import type { Posts } from "../channels/posts.ts";
import type { Faults } from "../faults/faults.ts";
import type { Groups, GroupState } from "../groups/groups.ts";
import {
  type Addressing,
  addressingOf,
  canonical,
  isChannelJid,
  isGroupJid,
  parseDevice,
  SERVER,
  STATUS_JID,
} from "../protocol/jid.ts";
import {
  attributes,
  type BinaryNode,
  childNamed,
  childrenNamed,
  childrenOf,
  unixSeconds,
} from "../protocol/nodes.ts";
import type { Stats } from "../stats.ts";
import { judgePost } from "./companion-posts.ts";
import type { Delivery } from "./delivery.ts";
import type { Envelope } from "./envelope.ts";

/** What WhatsApp answers to a stanza it finds invalid. */
const INVALID_STANZA = 479;
const NOT_A_MEMBER = 403;

/** Where what is said in channels goes. */
export interface Newsroom {
  readonly channels: Channels;
  readonly posts: Posts;
}

/** Accepts messages of linked devices: one ack each, and a copy of its own for every device named. */
export class CompanionMessages {
  readonly #accounts: Accounts;
  readonly #groups: Groups;
  readonly #newsroom: Newsroom;
  readonly #delivery: Delivery;
  readonly #faults: Faults;
  readonly #stats: Stats;

  constructor(
    accounts: Accounts,
    groups: Groups,
    newsroom: Newsroom,
    delivery: Delivery,
    faults: Faults,
    stats: Stats,
  ) {
    this.#accounts = accounts;
    this.#groups = groups;
    this.#newsroom = newsroom;
    this.#delivery = delivery;
    this.#faults = faults;
    this.#stats = stats;
  }

  accept(account: AccountState, companion: Companion, node: BinaryNode): void {
    const { id = "", to } = node.attrs;
    const fault = this.#faults.take("ackError", account.phone);
    const group = isGroupJid(to) ? this.#groups.find(to) : undefined;
    const isStranger = isGroupJid(to) && group?.participants.includes(account.phone) !== true;
    const error = fault === undefined ? undefined : (fault.code ?? INVALID_STANZA);
    const refusal = error ?? (isStranger ? NOT_A_MEMBER : undefined);
    if (refusal !== undefined) {
      this.#stats.add("messagesRejected");
      companion.connection?.send(ack(node, refusal));
      return;
    }
    if (isChannelJid(to)) return this.#post(account, companion, node);
    companion.connection?.send(ack(node));
    this.#count(account, id);
    this.#distribute(account, companion, node, group);
  }

  #post(account: AccountState, companion: Companion, node: BinaryNode): void {
    const verdict = judgePost(account, companion, node, this.#newsroom);
    if ("error" in verdict) {
      this.#stats.add("messagesRejected");
      companion.connection?.send(ack(node, verdict.error));
      return;
    }
    this.#stats.add(verdict.isDuplicate ? "duplicates" : "messagesAccepted");
    companion.connection?.send(ack(node, undefined, verdict.serverId));
  }

  /** A copy that somebody asked for is no duplicate, any other second copy is. */
  #count(account: AccountState, id: string): void {
    if (account.askedAgain.delete(id)) return;
    this.#stats.add(account.accepted.has(id) ? "duplicates" : "messagesAccepted");
    account.accepted.add(id);
  }

  #distribute(
    account: AccountState,
    companion: Companion,
    node: BinaryNode,
    group: GroupState | undefined,
  ): void {
    const envelope: Envelope = {
      id: node.attrs["id"] ?? "",
      sender: companion.address,
      notify: account.name,
      chat: chatOf(node),
      addressing: addressingIn(node.attrs["to"], group),
      kind: node.attrs["type"] ?? "text",
      sentAt: unixSeconds(),
    };
    // Other companions check who it is that opens a session with them.
    const identity = childrenNamed(node, "device-identity");
    for (const [jid, enc] of this.#copies(node, companion, group)) {
      this.#deliver(jid, envelope, enc, identity);
    }
  }

  #deliver(
    jid: string,
    envelope: Envelope,
    enc: readonly BinaryNode[],
    identity: readonly BinaryNode[],
  ): void {
    const address = parseDevice(jid);
    const account = address === undefined ? undefined : this.#accounts.find(address.phone);
    const companion = account?.companion(address?.device ?? 0);
    if (companion !== undefined) {
      this.#delivery.toCompanion(companion, envelope, [...enc, ...identity]);
    } else if (account !== undefined && address?.device === 0) {
      this.#delivery.sealedToHandset(account, envelope, enc);
    } else {
      this.#stats.add("unknownRecipients");
    }
  }

  /** The `<enc>` nodes for each device, by the device's JID. */
  #copies(
    node: BinaryNode,
    companion: Companion,
    group: GroupState | undefined,
  ): ReadonlyMap<string, BinaryNode[]> {
    const copies = new Map<string, BinaryNode[]>();
    for (const to of childrenOf(childNamed(node, "participants"))) {
      const jid = canonicalDevice(to.attrs["jid"]);
      if (jid !== undefined) copies.set(jid, [...childrenNamed(to, "enc")]);
    }
    for (const enc of childrenNamed(node, "enc")) {
      const recipients =
        enc.attrs["type"] === "skmsg"
          ? group === undefined
            ? [...copies.keys()]
            : this.#devicesOf(group, companion)
          : [canonicalDevice(node.attrs["participant"] ?? node.attrs["to"])];
      for (const jid of recipients) {
        if (jid !== undefined) copies.set(jid, [...(copies.get(jid) ?? []), enc]);
      }
    }
    return copies;
  }

  /** All devices of all members, except the one that sends. */
  #devicesOf(group: GroupState, sender: Companion): readonly string[] {
    return group.participants.flatMap((phone) => {
      const account = this.#accounts.find(phone);
      if (account === undefined) return [];
      const companions = account.companions.filter((companion) => companion !== sender);
      return [account.jid("pn"), ...companions.map((companion) => companion.jid("pn"))];
    });
  }
}

/** People are shown a status by whoever's LID they know. */
function addressingIn(to: string | undefined, group: GroupState | undefined): Addressing {
  return group?.addressing ?? (to === STATUS_JID ? "lid" : addressingOf(to));
}

function canonicalDevice(jid: string | undefined): string | undefined {
  const address = parseDevice(jid);
  if (address === undefined) return undefined;
  const device = address.device === 0 ? "" : `:${address.device}`;
  return `${address.phone}${device}@${SERVER}`;
}

/** A copy for one of the sender's own devices names the chat in `recipient`. */
function chatOf(node: BinaryNode): Chat {
  const { to, recipient } = node.attrs;
  return isGroupJid(to) || to === STATUS_JID
    ? { kind: "group", jid: to }
    : { kind: "direct", phone: canonical(recipient ?? to) };
}

function ack(node: BinaryNode, error?: number, serverId?: number): BinaryNode {
  return {
    tag: "ack",
    attrs: attributes({
      id: node.attrs["id"],
      class: "message",
      from: node.attrs["to"],
      participant: node.attrs["participant"],
      t: String(unixSeconds()),
      error: error?.toString(),
      server_id: serverId?.toString(),
    }),
  };
}
