import type { BusinessCalls } from "./business-calls.ts";
import type { Address } from "../domain/address.ts";
import type { Call } from "../domain/call.ts";
import type { Audience, Privacy, PrivacySetting } from "../domain/privacy.ts";
import type { About } from "../domain/profile.ts";
import type { Jid, MessageId } from "../domain/ids.ts";
import type { Availability, Typing } from "../domain/presence.ts";
import type { ReadMark } from "../domain/read-mark.ts";

/**
 * What a connection can ask and change about people. Each call is one question to WhatsApp or a few, and takes
 * some seconds at most.
 * @throws GatewayError, every one of them: RATE_LIMITED when WhatsApp is asked too often, BAD_INPUT when WhatsApp
 *   does not take what was given, UNAVAILABLE when the instance is not connected or WhatsApp did not answer
 */
export interface PeopleCalls extends BusinessCalls {
  /**
   * Asks who has these numbers, all in one question.
   * @param phones digits with the country code
   * @returns those that somebody has, by the number that was asked for; the JID may be another variant of it
   */
  check(phones: readonly string[]): Promise<ReadonlyMap<string, Address>>;
  /**
   * Shows the account as online or not, until the connection ends; a new one begins as not. Resolves when it is
   * said: WhatsApp does not answer.
   * @throws GatewayError UNAVAILABLE also while WhatsApp has not told the account's name
   */
  setAvailability(availability: Availability): Promise<void>;
  /** Shows that the account types in a chat; phones stop to show it after some seconds. Resolves when it is said. */
  showTyping(chat: Jid, typing: Typing): Promise<void>;
  /** Has WhatsApp tell what somebody does, until the connection ends. Resolves when it is said. */
  watchPresence(contact: Jid): Promise<void>;
  /** Tells the sender of messages that they were read or played. Resolves when it is said: WhatsApp does not answer. */
  mark(receipt: OutgoingReceipt): Promise<void>;
  /**
   * Refuses a call that rings, on the account's phone too, and reports it as refused.
   * @throws GatewayError CALL_NOT_FOUND
   */
  rejectCall(id: string): Promise<Call>;
  /**
   * The address of somebody's picture, or a group's, which WhatsApp serves for some days; null for who has none or
   * does not show it.
   */
  picture(jid: Jid, isPreview: boolean): Promise<string | null>;
  /** Null for who says nothing, or does not show it. */
  about(jid: Jid): Promise<About | null>;
  setAbout(text: string): Promise<void>;
  /** @param jpeg square, 640 pixels at most; null to remove it */
  setPicture(jpeg: Uint8Array | null): Promise<void>;
  blocked(): Promise<readonly Address[]>;
  /** @throws GatewayError INVALID_RECIPIENT when the number or the LID of somebody is not known */
  block(contact: Address, isBlocked: boolean): Promise<void>;
  privacy(): Promise<Privacy>;
  setPrivacy(setting: PrivacySetting, audience: Audience): Promise<void>;
}

export interface OutgoingReceipt {
  readonly chat: Jid;
  /** In groups; null in a chat with one person. */
  readonly sender: Jid | null;
  readonly ids: readonly MessageId[];
  readonly mark: ReadMark;
}
