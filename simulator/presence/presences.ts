import type { AccountState } from "../accounts/account-state.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { Companion } from "../accounts/companion.ts";
import type { Groups } from "../groups/groups.ts";
import { type Addressing, addressingOf, isGroupJid } from "../protocol/jid.ts";
import { type BinaryNode, childrenOf, unixSeconds } from "../protocol/nodes.ts";
import type { Typing } from "./presence-log.ts";
import { PresenceWatch } from "./presence-watch.ts";

/**
 * Who is online and who types. Nothing of it waits for a device that is away, and WhatsApp tells of others only
 * to who is shown as online.
 */
export class Presences {
  readonly #accounts: Accounts;
  readonly #groups: Groups;

  constructor(accounts: Accounts, groups: Groups) {
    this.#accounts = accounts;
    this.#groups = groups;
  }

  /** A linked device says that it is online or not, or wants to know it of somebody. */
  accept(account: AccountState, companion: Companion, { attrs }: BinaryNode): void {
    const { type = "available", name, to } = attrs;
    if (type === "subscribe") {
      const watched = this.#accounts.byJid(to);
      if (watched === undefined) return;
      companion.presence.add(watched.phone, addressingOf(to));
      this.#tell(watched, companion);
      return;
    }
    // WhatsApp shows nobody as online who has no name.
    if (type === "available" && name === undefined) return;
    companion.presence.isAvailable = type === "available";
    this.#look(account);
  }

  /** The connection of a linked device is gone, and with it whatever it has shown and watched. */
  leave(account: AccountState, companion: Companion): void {
    companion.presence = new PresenceWatch();
    this.#look(account);
  }

  /** A linked device types, for the phones and the linked devices of the others in the chat. */
  acceptTyping(account: AccountState, node: BinaryNode): void {
    const [child] = childrenOf(node);
    const typing = child?.attrs["media"] === "audio" ? "recording" : child?.tag;
    if (typing !== "composing" && typing !== "recording" && typing !== "paused") return;
    this.type(account, node.attrs["to"] ?? "", typing, addressingOf(node.attrs["to"]));
  }

  /** Somebody is online from now on, or is not any more. */
  show(account: AccountState, isAvailable: boolean, lastSeen: number | undefined): void {
    account.online = { isAvailable, lastSeen };
    for (const other of this.#accounts.all()) {
      for (const companion of other.companions) this.#tell(account, companion);
    }
  }

  /** @param to a JID of somebody, or a group */
  type(account: AccountState, to: string, typing: Typing, addressing: Addressing): void {
    const group = isGroupJid(to) ? this.#groups.find(to) : undefined;
    const peer = this.#accounts.byJid(to);
    const others = group
      ? group.participants.flatMap((phone) => this.#accounts.find(phone) ?? [])
      : [peer ?? []].flat();
    const jid = account.jid(addressing);
    const from = group ? { from: group.jid, participant: jid } : { from: jid };
    const child = {
      tag: typing === "recording" ? "composing" : typing,
      attrs: typing === "recording" ? { media: "audio" } : {},
    };
    for (const other of others) {
      if (other === account || (!group && other.profile.blocked.has(account.phone))) continue;
      other.typing.add({ from: account.phone, chat: group?.jid ?? account.phone, typing });
      for (const { presence, connection } of other.companions) {
        const attrs: Record<string, string> = { ...from };
        if (presence.isAvailable) connection?.send({ tag: "chatstate", attrs, content: [child] });
      }
    }
  }

  #look(account: AccountState): void {
    const online = isOnline(account);
    if (account.online.isAvailable !== online) this.show(account, online, unixSeconds());
  }

  #tell(watched: AccountState, { presence, connection }: Companion): void {
    const addressing = presence.addressingOf(watched.phone);
    if (addressing === undefined || !presence.isAvailable) return;
    const { isAvailable, lastSeen } = watched.online;
    const from = watched.jid(addressing);
    const attrs: Record<string, string> = isAvailable
      ? { from }
      : { from, type: "unavailable", last: lastSeen === undefined ? "deny" : String(lastSeen) };
    connection?.send({ tag: "presence", attrs });
  }
}

function isOnline({ companions }: AccountState): boolean {
  return companions.some(({ presence }) => presence.isAvailable);
}
