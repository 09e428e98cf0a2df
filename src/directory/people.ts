import type { Address } from "../domain/address.ts";
import type { BusinessChange, BusinessProfile, CatalogPage } from "../domain/business.ts";
import type { Call } from "../domain/call.ts";
import type { ContactCheck } from "../domain/contact-check.ts";
import type { Availability, Typing } from "../domain/presence.ts";
import type { Privacy } from "../domain/privacy.ts";
import type { About } from "../domain/profile.ts";
import type { FileSource } from "../domain/media-source.ts";
import type { ReadMark } from "../domain/read-mark.ts";
import type { PrivacyChange } from "./profile-input.ts";
import type { MarkedMessages } from "./read-marks.ts";

/**
 * The people that an account deals with, as WhatsApp knows them. Everything here is asked of WhatsApp when it is
 * asked for, so the account has to be connected.
 * @throws GatewayError, every one of them: INSTANCE_NOT_FOUND, NOT_LINKED, RATE_LIMITED when WhatsApp is asked too
 *   often, BAD_INPUT for what WhatsApp does not take, UNAVAILABLE when it cannot be asked or does not answer
 */
export interface People {
  /**
   * Who has these numbers on WhatsApp, in the order of the numbers. Answers are kept for a while.
   * @param inputs up to 1,000 numbers as people write them, or JIDs made of numbers
   */
  check(instanceId: string, inputs: readonly string[]): Promise<readonly ContactCheck[]>;
  /** Shows the account as online or not, for as long as it stays connected. */
  setAvailability(instanceId: string, availability: Availability): Promise<void>;
  /**
   * Shows in a chat that the account types, for some seconds.
   * @param chat a number or a JID
   * @throws GatewayError INVALID_RECIPIENT, NOT_ON_WHATSAPP
   */
  showTyping(instanceId: string, chat: string, typing: Typing): Promise<Address>;
  /**
   * Has WhatsApp tell when somebody comes online and goes, for as long as the account stays connected.
   * @param contact a number or a JID
   * @throws GatewayError INVALID_RECIPIENT, NOT_ON_WHATSAPP
   */
  watchPresence(instanceId: string, contact: string): Promise<Address>;
  /**
   * Tells the senders of messages that were received in a chat that they were read or played.
   * @param chat a number or a JID
   * @param messageIds null for the newest that were received
   * @throws GatewayError INVALID_RECIPIENT, NOT_ON_WHATSAPP, MESSAGE_NOT_FOUND when one was not received there
   */
  mark(
    instanceId: string,
    chat: string,
    messageIds: readonly string[] | null,
    mark: ReadMark,
  ): Promise<MarkedMessages>;
  /** Refuses a call that rings. @throws GatewayError CALL_NOT_FOUND */
  rejectCall(instanceId: string, callId: string): Promise<Call>;
  /**
   * The address of the picture of a person or a group, which WhatsApp serves for some days; null where none is shown.
   * @throws GatewayError INVALID_RECIPIENT, NOT_ON_WHATSAPP
   */
  picture(instanceId: string, contact: string, isPreview: boolean): Promise<string | null>;
  /** @throws GatewayError INVALID_RECIPIENT, NOT_ON_WHATSAPP */
  about(instanceId: string, contact: string): Promise<About | null>;
  setAbout(instanceId: string, text: string): Promise<void>;
  /** @throws GatewayError CONFLICT */
  setName(instanceId: string, name: string): Promise<string>;
  /**
   * @param source null to take the picture away
   * @throws GatewayError MEDIA_UNREACHABLE, MEDIA_TOO_LARGE, MEDIA_INVALID, INVALID_ADDRESS
   */
  setPicture(instanceId: string, source: FileSource | null): Promise<void>;
  blocked(instanceId: string): Promise<readonly Address[]>;
  /** @throws GatewayError INVALID_RECIPIENT, NOT_ON_WHATSAPP */
  block(instanceId: string, contact: string, isBlocked: boolean): Promise<Address>;
  /**
   * What a business shows of itself; null for who is none.
   * @throws GatewayError INVALID_RECIPIENT, NOT_ON_WHATSAPP
   */
  businessProfile(instanceId: string, contact: string): Promise<BusinessProfile | null>;
  /** Changes the account's own. */
  setBusinessProfile(instanceId: string, change: BusinessChange): Promise<void>;
  /**
   * A page of what somebody sells.
   * @param first 1 to 50; null for 10
   * @throws GatewayError INVALID_RECIPIENT, NOT_ON_WHATSAPP
   */
  catalog(
    instanceId: string,
    contact: string,
    first: number | null,
    after: string | null,
  ): Promise<CatalogPage>;
  privacy(instanceId: string): Promise<Privacy>;
  /** @returns the settings as they are then */
  changePrivacy(instanceId: string, change: PrivacyChange): Promise<Privacy>;
}
