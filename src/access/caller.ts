/** Who calls, as far as what they may do is concerned. */
export interface Caller {
  /** The name of the key, or of the machine itself where no key is set: for logs and audits. */
  readonly name: string;
  readonly admin: boolean;
}
