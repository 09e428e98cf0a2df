import type { Address } from "./address.ts";

/** What can change about a group, each told with its new value; null for what has not changed. */
export interface GroupChange {
  /** It was just made, or the account was just added to it. */
  readonly isNew: boolean;
  readonly subject: string | null;
  /** Empty when it was removed. */
  readonly description: string | null;
  /** Only admins may write. */
  readonly announcement: boolean | null;
  /** Only admins may change subject, description and picture. */
  readonly locked: boolean | null;
  /** After how many seconds new messages disappear; 0 for never. */
  readonly disappearingSeconds: number | null;
  /** The new code of `https://chat.whatsapp.com/<code>`. */
  readonly inviteCode: string | null;
  /** Whether every member may add others, not admins alone. */
  readonly membersMayAdd: boolean | null;
  /** Whether admins have to let in who comes by a link. */
  readonly joinApproval: boolean | null;
  readonly pictureChanged: boolean;
}

export const NO_GROUP_CHANGE: GroupChange = {
  isNew: false,
  subject: null,
  description: null,
  announcement: null,
  locked: null,
  disappearingSeconds: null,
  inviteCode: null,
  membersMayAdd: null,
  joinApproval: null,
  pictureChanged: false,
};

export const MEMBER_ACTIONS = [
  "ADDED",
  "REMOVED",
  "LEFT",
  "PROMOTED",
  "DEMOTED",
  "CHANGED_NUMBER",
] as const;

/** What happened to members of a group. */
export type MemberAction = (typeof MEMBER_ACTIONS)[number];

export const JOIN_REQUEST_ACTIONS = ["CREATED", "REVOKED", "REJECTED"] as const;

/** Somebody asks to be let in, has thought better of it, or was refused. */
export type JoinRequestAction = (typeof JOIN_REQUEST_ACTIONS)[number];

/** News of a group, whoever made it: `author` is null where WhatsApp does not say. */
export type GroupNews =
  | {
      readonly type: "group.update";
      readonly group: Address;
      readonly author: Address | null;
      readonly change: GroupChange;
    }
  | {
      readonly type: "group.participants";
      readonly group: Address;
      readonly author: Address | null;
      readonly action: MemberAction;
      readonly participants: readonly Address[];
    }
  | {
      readonly type: "group.join_request";
      readonly group: Address;
      readonly author: Address | null;
      readonly action: JoinRequestAction;
      readonly participants: readonly Address[];
    };
