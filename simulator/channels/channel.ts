/** A channel ("newsletter") of the simulated WhatsApp: one writes, everybody else only reads. */
export interface Channel {
  /** `120363…@newsletter` */
  readonly jid: string;
  readonly name: string;
  /** Phone numbers of those who follow it. */
  readonly followers: readonly string[];
}
