/** A channel ("newsletter") of the simulated WhatsApp: one writes, everybody else only reads. */
export interface Channel {
  /** `120363…@newsletter` */
  readonly jid: string;
  readonly name: string;
  readonly description: string;
  /** The end of its link. */
  readonly inviteCode: string;
  /** The phone number of whoever made it; undefined for one that belongs to nobody here. */
  readonly owner: string | undefined;
  /** Phone numbers of those who may post beside the owner. */
  readonly admins: readonly string[];
  /** Phone numbers of those who follow it, its owner included. */
  readonly followers: readonly string[];
  /** Phone numbers of those whose phones keep silent about it. */
  readonly muted: readonly string[];
  readonly isVerified: boolean;
  readonly isDeleted: boolean;
  readonly picture: Buffer | undefined;
  /** In seconds. */
  readonly createdAt: number;
}

/** What somebody does to a channel; what is left out stays. */
export interface ChannelChange {
  readonly name?: string;
  readonly description?: string;
  /** Null to remove it. */
  readonly picture?: Buffer | null;
  readonly isVerified?: boolean;
  /** Phone numbers. */
  readonly follow?: readonly string[];
  readonly unfollow?: readonly string[];
  readonly mute?: readonly string[];
  readonly unmute?: readonly string[];
  readonly isDeleted?: boolean;
}

/** A post as readers see it. */
export interface Post {
  readonly id: string;
  /** Counts from 1 in each channel. */
  readonly serverId: number;
  /** The encoded `Message` as it is now; empty for one that was deleted. */
  readonly message: Uint8Array;
  readonly isDeleted: boolean;
  readonly isEdited: boolean;
  /** Emoji by phone number. */
  readonly reactions: ReadonlyMap<string, string>;
}
