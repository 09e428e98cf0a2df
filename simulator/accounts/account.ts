import { randomBytes } from "node:crypto";
import type { ShownDevice } from "./companion.ts";
import type { PhoneAction } from "../appstate/actions.ts";
import type { AgreedAction } from "../appstate/phone-state.ts";
import type { CallEnd, PlacedCall } from "../calls/calls.ts";
import type { Group } from "../groups/group.ts";
import type { PastChat } from "../history/past.ts";
import type { OutgoingContent } from "../messages/content.ts";
import type { ReceivedMessage } from "../messages/received-log.ts";
import type { LinkBy } from "../pairing/pairing.ts";
import type { SeenTyping, Typing } from "../presence/presence-log.ts";
import type { Business } from "../profiles/business.ts";
import type { ShownProfile } from "../profiles/profile.ts";
import type { Addressing } from "../protocol/jid.ts";
import type { ReceiptType, ReceivedReceipt } from "../receipts/receipt-log.ts";

/** A phone number on the simulated WhatsApp, seen by the person who holds the phone. */
export interface Account {
  readonly phone: string;
  /** `5511999990001@s.whatsapp.net` */
  readonly jid: string;
  /** The hidden name of the same account, `…@lid`. */
  readonly lid: string;
  readonly name: string;
  /** What the phone received, decrypted, oldest first; the newest 20,000. */
  readonly received: readonly ReceivedMessage[];
  /** Receipts that linked devices of other accounts sent for this phone's messages. */
  readonly receipts: readonly ReceivedReceipt[];
  /** Whether others see this account as online, by its phone or a linked device. */
  readonly isOnline: boolean;
  /** What people see of it, and whom it has blocked. */
  readonly profile: ShownProfile;
  /** The calls that the phone has placed, newest last; the newest 100. */
  readonly calls: readonly PlacedCall[];
  /** What the account's devices agree on about chats, messages, labels and names, as the phone reads it. */
  readonly agreed: readonly AgreedAction[];
  /** How much of what linked devices wrote there the phone could not read, or found forged. */
  readonly unreadable: number;
  /** What the phone has seen of others who type. */
  readonly typing: readonly SeenTyping[];

  /**
   * Scans a QR code or enters a pairing code. Resolves when the new device has logged in.
   * @throws {SimulatorError} BAD_REQUEST, LINK_REFUSED, LIMIT_REACHED, TIMEOUT (30 s)
   */
  link(by: LinkBy): Promise<{ device: number }>;

  /**
   * Puts chats on the phone that are older than its linked devices, which are told of them when they are linked.
   * @param names what people call themselves, by phone number
   */
  remember(chats: readonly PastChat[], names?: Readonly<Record<string, string>>): Promise<void>;

  /** The phone runs out of space: attachments that came until now are on it no more. */
  deleteFiles(): Promise<void>;

  /** Does something on the phone that the linked devices are told of: archives, pins, stars, labels. */
  act(action: PhoneAction): Promise<void>;
  /** Chooses another name, which people see with the next message. */
  rename(name: string): Promise<void>;

  devices(): readonly ShownDevice[];

  /**
   * Removes one linked device, or all of them: it is told so and disconnected, and cannot log in again.
   * @throws {SimulatorError} DEVICE_NOT_FOUND
   */
  unlink(device?: number): Promise<void>;

  /**
   * Sends to a phone, a JID or a group, or posts a status as `status@broadcast`. Resolves when every device of the chat has its copy.
   * @throws {SimulatorError} ACCOUNT_NOT_FOUND, GROUP_NOT_FOUND, BAD_REQUEST
   */
  send(
    to: string | Group,
    content: OutgoingContent,
    options?: SendOptions,
  ): Promise<{ id: string }>;

  /**
   * The first message received, before or after this call, that matches.
   * @throws {SimulatorError} TIMEOUT after `timeoutMs` (10,000)
   */
  waitFor(
    match: (message: ReceivedMessage) => boolean,
    timeoutMs?: number,
  ): Promise<ReceivedMessage>;

  /**
   * Rings the linked devices of another phone, until the call is ended.
   * @throws {SimulatorError} ACCOUNT_NOT_FOUND, BAD_REQUEST, LIMIT_REACHED
   */
  call(to: string, options?: { readonly video?: boolean }): Promise<{ id: string }>;

  /**
   * Ends a call that rings: the caller hangs up, or nobody answered.
   * @throws {SimulatorError} CALL_NOT_FOUND
   */
  endCall(id: string, how?: CallEnd): Promise<void>;

  /**
   * The phone is opened or put away; who watches this account is told.
   * @param lastSeen in seconds since 1970; null hides it, and now is what is told otherwise
   */
  showPresence(isOnline: boolean, lastSeen?: number | null): Promise<void>;

  /**
   * The phone changes what people see; a picture of null is taken away.
   * @throws {SimulatorError} BAD_REQUEST for a privacy setting that there is not
   */
  changeProfile(change: {
    readonly about?: string;
    readonly picture?: Buffer | null;
    readonly privacy?: Readonly<Record<string, string>>;
    /** Makes it a business account, or changes what it is as one. */
    readonly business?: Partial<Business>;
  }): Promise<void>;

  /**
   * The phone types, records or pauses in a chat: with a phone, a JID or in a group.
   * @throws {SimulatorError} BAD_REQUEST, ACCOUNT_NOT_FOUND, GROUP_NOT_FOUND
   */
  type(to: string | Group, typing: Typing): Promise<void>;

  /**
   * Confirms messages of the account `to`; `chat` names the group they were sent in. This account's own devices
   * hear what was read, and of somebody who keeps that `private` nobody else does.
   * @throws {SimulatorError} ACCOUNT_NOT_FOUND, GROUP_NOT_FOUND, BAD_REQUEST
   */
  receipt(options: {
    readonly to: string;
    readonly ids: readonly string[];
    readonly type: ReceiptType;
    readonly chat?: string;
    readonly private?: boolean;
  }): Promise<void>;
}

export interface SendOptions {
  readonly id?: string;
  /** Whether the sender is named by number or LID; its own way if left out. */
  readonly addressing?: Addressing;
  /** Phone numbers that a status is shown to. */
  readonly viewers?: readonly string[];
}

/** A message id as a phone makes it: 3EB0 and nine random bytes. */
export function makeMessageId(): string {
  return `3EB0${randomBytes(9).toString("hex").toUpperCase()}`;
}
