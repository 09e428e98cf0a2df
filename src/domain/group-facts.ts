import type { Address } from "./address.ts";
import type { Jid } from "./ids.ts";

export const GROUP_ROLES = ["MEMBER", "ADMIN", "SUPER_ADMIN"] as const;

/** What a member may do. Who made a group is its super admin, and cannot be removed by the others. */
export type GroupRole = (typeof GROUP_ROLES)[number];

export interface GroupParticipant extends Address {
  readonly role: GroupRole;
}

/** What anybody may know of a group who was given its link. */
export interface GroupPreview {
  readonly id: Jid;
  readonly subject: string;
  /** Null for none. */
  readonly description: string | null;
  /** Who made it, where WhatsApp says so. */
  readonly owner: Address | null;
  readonly createdAt: Date | null;
  /** How many are in it. */
  readonly size: number;
  /** Whether admins have to let in who comes by the link. */
  readonly joinApproval: boolean;
  /** Whether it is a community: a group that others are linked to. */
  readonly isCommunity: boolean;
}

/** A group of a community, of which the account need not be a member. */
export interface LinkedGroup {
  readonly id: Jid;
  readonly subject: string;
  /** How many are in it, where WhatsApp says so. */
  readonly size: number | null;
  /** Whether it is the one in which the admins of the community make announcements. */
  readonly isCommunityAnnouncement: boolean;
}

/** A group as its members see it. */
export interface Group extends GroupPreview {
  /** All of them. */
  readonly participants: readonly GroupParticipant[];
  /** Only admins may write. */
  readonly announcement: boolean;
  /** Only admins may change subject, description and picture. */
  readonly locked: boolean;
  /** Whether every member may add others, not admins alone. */
  readonly membersMayAdd: boolean;
  /** After how many seconds new messages disappear; 0 for never. */
  readonly disappearingSeconds: number;
  /** The community that it is linked to. */
  readonly communityId: Jid | null;
  /** Whether it is the one in which the admins of its community make announcements. */
  readonly isCommunityAnnouncement: boolean;
}

/** One thing to change about a group. */
export type GroupSetting =
  | { readonly kind: "SUBJECT"; readonly subject: string }
  /** Empty to remove it. */
  | { readonly kind: "DESCRIPTION"; readonly description: string }
  | { readonly kind: "ANNOUNCEMENT"; readonly isOn: boolean }
  | { readonly kind: "LOCKED"; readonly isOn: boolean }
  | { readonly kind: "MEMBERS_MAY_ADD"; readonly isOn: boolean }
  | { readonly kind: "JOIN_APPROVAL"; readonly isOn: boolean }
  | { readonly kind: "DISAPPEARING"; readonly seconds: number };

/** What can be done to people in a group. */
export type GroupParticipantAction = "ADD" | "REMOVE" | "PROMOTE" | "DEMOTE";

/** What can be done with requests to be let in. */
export type JoinRequestDecision = "APPROVE" | "REJECT";

/** Why something could not be done to somebody. */
export type GroupParticipantError =
  | "NOT_ON_WHATSAPP"
  | "PRIVACY_SETTINGS"
  | "LEFT_RECENTLY"
  | "ALREADY_MEMBER"
  | "NOT_FOUND"
  | "NOT_ALLOWED"
  | "GROUP_FULL"
  | "OTHER";

/** What has become of one of several people. */
export interface GroupParticipantResult {
  readonly participant: Address;
  /** Null when it was done. */
  readonly error: GroupParticipantError | null;
  /** WhatsApp's own number for the error. */
  readonly whatsappCode: number | null;
}

/** Somebody waits for an admin to let them in. */
export interface JoinRequest {
  readonly participant: Address;
  /** Since when, where WhatsApp says so. */
  readonly requestedAt: Date | null;
}
