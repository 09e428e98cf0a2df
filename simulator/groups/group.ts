import type { Addressing } from "../protocol/jid.ts";

/** A group of the simulated WhatsApp. */
export interface Group {
  /** `120363…@g.us` */
  readonly jid: string;
  /** By which of their names its members are named; new groups on WhatsApp hide the numbers. */
  readonly addressing: Addressing;
  readonly subject: string;
  readonly description: string;
  /** Phone numbers; the first one made the group. */
  readonly participants: readonly string[];
  /** Those of them who may change the group. */
  readonly admins: readonly string[];
  /** Only admins may write. */
  readonly announcement: boolean;
  /** Only admins may change subject, description and picture. */
  readonly locked: boolean;
  /** Every member may add others. */
  readonly membersMayAdd: boolean;
  /** Admins decide on who comes by the link. */
  readonly joinApproval: boolean;
  /** After how many seconds new messages disappear; 0 for never. */
  readonly disappearingSeconds: number;
  /** The end of `https://chat.whatsapp.com/…`. */
  readonly inviteCode: string;
  /** Who waits to be let in, as phone numbers. */
  readonly requests: readonly string[];
  /** The picture as it was set last; undefined for none. */
  readonly picture: Buffer | undefined;
  /** It is a community: a group that others are linked to. */
  readonly isCommunity: boolean;
  /** The community that it is linked to. */
  readonly community: string | undefined;
}

/** What somebody does to a group; each field that is given is a change of its own, told to every member. */
export interface GroupChange {
  /** Phone number of who does it. */
  readonly by: string;
  readonly subject?: string;
  readonly description?: string;
  readonly announcement?: boolean;
  readonly locked?: boolean;
  readonly membersMayAdd?: boolean;
  readonly joinApproval?: boolean;
  readonly disappearingSeconds?: number;
  /** Phone numbers. */
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly promote?: readonly string[];
  readonly demote?: readonly string[];
  /** Of those who wait to be let in. */
  readonly approve?: readonly string[];
  readonly reject?: readonly string[];
  /** Makes the link void and a new one. */
  readonly revokeInvite?: boolean;
}
