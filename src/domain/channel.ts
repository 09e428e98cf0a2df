import type { Address } from "./address.ts";
import type { Jid } from "./ids.ts";

/** What an account may do in a channel. Whoever does not follow it is a guest. */
export type ChannelRole = "OWNER" | "ADMIN" | "SUBSCRIBER" | "GUEST";

/** Whether WhatsApp shows it: everywhere, nowhere, not in some countries, or never again. */
export type ChannelState = "ACTIVE" | "SUSPENDED" | "GEO_SUSPENDED" | "DELETED";

/** A channel as WhatsApp describes it to an account, which need not follow it. */
export interface Channel {
  readonly id: Jid;
  readonly name: string;
  /** Null for none. */
  readonly description: string | null;
  /** The end of `https://whatsapp.com/channel/…`. */
  readonly inviteCode: string | null;
  /** Where anybody may fetch it; null for none. */
  readonly pictureUrl: string | null;
  /** How many follow it, where WhatsApp says so. */
  readonly subscribersCount: number | null;
  readonly isVerified: boolean;
  /** Null where WhatsApp does not say. */
  readonly role: ChannelRole | null;
  /** Null where WhatsApp does not say, as of a channel that is not followed. */
  readonly isMuted: boolean | null;
  readonly createdAt: Date | null;
  /** Null for one that is not known here. */
  readonly state: ChannelState | null;
}

/** What to change about a channel; what is left out stays. */
export interface ChannelChange {
  readonly name?: string;
  /** Empty to remove it. */
  readonly description?: string;
  /** A square JPEG of 640 pixels at most; null to remove it. */
  readonly picture?: Uint8Array | null;
}

/** What has become of a channel, as far as WhatsApp tells; null for the rest. */
export interface ChannelFacts {
  /** Whether the account follows it from now on. */
  readonly isFollowed: boolean | null;
  readonly name: string | null;
  /** Empty for none. */
  readonly description: string | null;
  readonly isMuted: boolean | null;
  readonly state: ChannelState | null;
}

export const NO_CHANNEL_FACTS: ChannelFacts = {
  isFollowed: null,
  name: null,
  description: null,
  isMuted: null,
  state: null,
};

/** News of a channel that the account follows, or of what the account has done on another device. */
export interface ChannelNews {
  readonly type: "channel.update";
  readonly channel: Address;
  readonly change: ChannelFacts;
}
