/** A group of the simulated WhatsApp. */
export interface Group {
  /** `120363…@g.us` */
  readonly jid: string;
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
}

/** What somebody does to a group; each field that is given is a change of its own, told to every member. */
export interface GroupChange {
  /** Phone number of who does it. */
  readonly by: string;
  readonly subject?: string;
  readonly description?: string;
  readonly announcement?: boolean;
  readonly locked?: boolean;
  /** Phone numbers. */
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly promote?: readonly string[];
  readonly demote?: readonly string[];
}
