/** What somebody says about themselves. */
export interface About {
  readonly text: string;
  /** Since when, where WhatsApp says so. */
  readonly since: Date | null;
}
