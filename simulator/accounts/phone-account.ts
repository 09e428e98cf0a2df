import { type Business, newBusiness } from "../profiles/business.ts";
import type { PhoneAction } from "../appstate/actions.ts";
import { tellCollections } from "../appstate/notice.ts";
import type { CallEnd, Calls } from "../calls/calls.ts";
import type { Group } from "../groups/group.ts";
import type { Groups } from "../groups/groups.ts";
import type { PastChat } from "../history/past.ts";
import { SimulatorError } from "../errors.ts";
import type { MediaStore } from "../media/media-store.ts";
import { askedOf } from "../messages/asked.ts";
import { compose, type OutgoingContent } from "../messages/content.ts";
import type { Delivery } from "../messages/delivery.ts";
import { sendDirect, sendToMany } from "../messages/phone-sender.ts";
import type { ReceivedMessage } from "../messages/received-log.ts";
import type { LinkBy } from "../pairing/pairing.ts";
import type { Linking } from "../pairing/linking.ts";
import type { Typing } from "../presence/presence-log.ts";
import type { Presences } from "../presence/presences.ts";
import { accountJid, isGroupJid, parsePhone, STATUS_JID } from "../protocol/jid.ts";
import { unixSeconds } from "../protocol/nodes.ts";
import type { ReceiptType } from "../receipts/receipt-log.ts";
import { ownReadStanza, type ReceiptAbout, receiptStanza } from "../receipts/receipt-stanza.ts";
import { type Account, makeMessageId, type SendOptions } from "./account.ts";
import type { AccountState } from "./account-state.ts";
import type { Accounts } from "./accounts.ts";
import type { Chat } from "./handset.ts";
import type { Unlink } from "./unlink.ts";

const WAIT_MS = 10_000;

export interface PhoneRooms {
  readonly accounts: Accounts;
  readonly groups: Groups;
  readonly calls: Calls;
  readonly delivery: Delivery;
  readonly linking: Linking;
  readonly presences: Presences;
  readonly media: MediaStore;
  readonly mediaHost: string;
  readonly unlink: Unlink;
}

/** The public face of an account. */
export class PhoneAccount implements Account {
  readonly #state: AccountState;
  readonly #rooms: PhoneRooms;

  constructor(state: AccountState, rooms: PhoneRooms) {
    this.#state = state;
    this.#rooms = rooms;
  }

  get phone() {
    return this.#state.phone;
  }

  get jid() {
    return this.#state.jid("pn");
  }

  get lid() {
    return this.#state.jid("lid");
  }

  get name() {
    return this.#state.name;
  }

  get received() {
    return this.#state.received.messages;
  }

  get receipts() {
    return this.#state.receipts.receipts;
  }

  get isOnline() {
    return this.#state.online.isAvailable;
  }

  get profile() {
    return this.#state.profile.shown;
  }

  get calls() {
    return this.#rooms.calls.placedBy(this.#state);
  }

  get typing() {
    return this.#state.typing.seen;
  }

  async link(by: LinkBy): Promise<{ device: number }> {
    return this.#rooms.linking.link(this.#state, by);
  }

  async remember(
    chats: readonly PastChat[],
    names: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const { past } = this.#state;
    for (const chat of chats) past.add(chat);
    for (const [phone, name] of Object.entries(names)) past.names.set(phone, name);
  }

  async deleteFiles(): Promise<void> {
    this.#state.handset.files.clear();
  }

  get agreed() {
    return this.#state.appState.agreed;
  }

  get unreadable() {
    return this.#state.appState.invalid;
  }

  async act(action: PhoneAction): Promise<void> {
    const { appState, companions } = this.#state;
    const name = await appState.act(action);
    this.#state.name = appState.ownName ?? this.#state.name;
    tellCollections(this.#state, companions, [name]);
  }

  async rename(name: string): Promise<void> {
    this.#state.name = name;
  }

  devices() {
    return this.#state.companions
      .map(({ shown }) => shown)
      .toSorted((one, other) => one.device - other.device);
  }

  async unlink(device?: number): Promise<void> {
    const { companions } = this.#state;
    const chosen =
      device === undefined
        ? companions
        : companions.filter(({ address }) => address.device === device);
    if (device !== undefined && chosen.length === 0) {
      throw new SimulatorError("DEVICE_NOT_FOUND", `${this.phone} has no device ${device}`);
    }
    for (const companion of chosen) this.#rooms.unlink(companion);
  }

  async send(
    to: string | Group,
    content: OutgoingContent,
    options: SendOptions = {},
  ): Promise<{ id: string }> {
    const { accounts, groups, delivery, media, mediaHost } = this.#rooms;
    const { id = makeMessageId(), addressing = this.#state.addressing, viewers = [] } = options;
    const jid = typeof to === "string" ? to : to.jid;
    const isGroup = isGroupJid(jid) || jid === STATUS_JID;
    const chatJid = isGroup ? jid : accountJid(parsePhone(jid), addressing);
    const secretOf = (asked: string) => askedOf(this.#state, asked)?.secret;
    const place = { phone: this.phone, chatJid, isGroup, secretOf };
    const composed = await compose(content, place, media, mediaHost);
    const sent = { id, ...composed, sentAt: unixSeconds() };
    if (jid === STATUS_JID) {
      const chat = { kind: "group", jid } as const;
      const shownTo = [this.phone, ...viewers].map((phone) => accounts.get(parsePhone(phone)));
      await sendToMany(this.#state, shownTo, { ...sent, chat, addressing }, delivery);
      return { id };
    }
    if (isGroupJid(jid)) {
      const group = groups.get(jid);
      if (!group.participants.includes(this.phone)) {
        throw new SimulatorError("BAD_REQUEST", `${this.phone} is not in the group ${jid}`);
      }
      const chat = { kind: "group", jid: group.jid } as const;
      const members = group.participants.flatMap((phone) => accounts.find(phone) ?? []);
      const { addressing: named } = group;
      await sendToMany(this.#state, members, { ...sent, chat, addressing: named }, delivery);
      return { id };
    }
    const peer = accounts.get(parsePhone(jid));
    const chat: Chat = { kind: "direct", phone: peer.phone };
    await sendDirect(this.#state, peer, { ...sent, chat, addressing }, delivery);
    return { id };
  }

  async waitFor(
    match: (message: ReceivedMessage) => boolean,
    timeoutMs: number = WAIT_MS,
  ): Promise<ReceivedMessage> {
    return this.#state.received.waitFor(match, timeoutMs);
  }

  async call(to: string, { video = false } = {}): Promise<{ id: string }> {
    const callee = this.#rooms.accounts.get(parsePhone(to));
    return { id: this.#rooms.calls.ring(this.#state, callee, video) };
  }

  async endCall(id: string, how: CallEnd = "hangup"): Promise<void> {
    this.#rooms.calls.end(id, how);
  }

  async showPresence(isOnline: boolean, lastSeen?: number | null): Promise<void> {
    const seen = lastSeen === null ? undefined : (lastSeen ?? unixSeconds());
    this.#rooms.presences.show(this.#state, isOnline, seen);
  }

  async changeProfile({
    about,
    picture,
    privacy = {},
    business,
  }: {
    readonly about?: string;
    readonly picture?: Buffer | null;
    readonly privacy?: Readonly<Record<string, string>>;
    readonly business?: Partial<Business>;
  }): Promise<void> {
    const { profile } = this.#state;
    for (const [name, value] of Object.entries(privacy)) profile.setPrivacy(name, value);
    if (business) profile.business = newBusiness({ ...profile.business, ...business });
    if (about !== undefined) profile.about = about;
    if (picture !== undefined) profile.setPicture(picture ?? undefined);
  }

  async type(to: string | Group, typing: Typing): Promise<void> {
    const { accounts, groups, presences } = this.#rooms;
    const text = typeof to === "string" ? to : to.jid;
    const { addressing } = this.#state;
    const jid = isGroupJid(text)
      ? groups.get(text).jid
      : accounts.get(parsePhone(text)).jid(addressing);
    presences.type(this.#state, jid, typing, isGroupJid(jid) ? "pn" : addressing);
  }

  async receipt(options: {
    readonly to: string;
    readonly ids: readonly string[];
    readonly type: ReceiptType;
    readonly chat?: string;
    readonly private?: boolean;
  }): Promise<void> {
    const sender = this.#rooms.accounts.get(parsePhone(options.to));
    const [first] = options.ids;
    if (first === undefined) throw new SimulatorError("BAD_REQUEST", "a receipt needs an id");
    const chat = this.#chatOf(options.chat, sender.phone);
    const chatKey = chat.kind === "group" ? chat.jid : sender.phone;
    const addressing =
      this.#state.received.addressingOf(sender.phone, chatKey, first) ??
      (chat.kind === "group" && chat.jid !== STATUS_JID
        ? this.#rooms.groups.get(chat.jid).addressing
        : this.#state.addressing);
    const about = { chat, addressing, sender: { phone: sender.phone, device: 0 } };
    if (options.type === "read") this.#tellOwnDevices(about, options);
    if (options.private === true) return;
    const stanza = receiptStanza(about, this.phone, options.ids, options.type);
    for (const companion of sender.companions) companion.deliver(stanza);
  }

  #tellOwnDevices(
    about: ReceiptAbout,
    {
      ids,
      private: isPrivate = false,
    }: { readonly ids: readonly string[]; readonly private?: boolean },
  ): void {
    const stanza = ownReadStanza(about, this.phone, ids, isPrivate);
    for (const companion of this.#state.companions) companion.deliver(stanza);
  }

  #chatOf(chat: string | undefined, sender: string): Chat {
    if (chat === STATUS_JID) return { kind: "group", jid: chat };
    if (!isGroupJid(chat)) return { kind: "direct", phone: sender };
    return { kind: "group", jid: this.#rooms.groups.get(chat).jid };
  }
}
