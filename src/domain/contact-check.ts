import type { Address } from "./address.ts";

/** What WhatsApp says to whether somebody has a number. */
export interface ContactCheck {
  /** As the caller wrote it. */
  readonly input: string;
  /** Whether it can be a phone number at all. What cannot be one is not asked about. */
  readonly isNumber: boolean;
  /** Who has it on WhatsApp; null for nobody. */
  readonly address: Address | null;
}
