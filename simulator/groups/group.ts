/** A group of the simulated WhatsApp. */
export interface Group {
  /** `120363…@g.us` */
  readonly jid: string;
  readonly subject: string;
  /** Phone numbers; the first one made the group. */
  readonly participants: readonly string[];
}
