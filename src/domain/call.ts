import type { Address } from "./address.ts";
import type { Jid } from "./ids.ts";

/** What became of a call. How its sound travels meanwhile is between the phones. */
export const CALL_STATUSES = ["OFFERED", "ACCEPTED", "REJECTED", "TIMED_OUT", "ENDED"] as const;

export type CallStatus = (typeof CALL_STATUSES)[number];

/** Somebody calls the account. Its phone rings; the gateway can tell of it and hear nothing. */
export interface Call {
  /** WhatsApp's id, the same from the first ring to the end. */
  readonly id: string;
  readonly chat: Address;
  readonly caller: Address;
  /** The group that is called together, if it is one. */
  readonly groupId: Jid | null;
  /** Told with the offer; null afterwards. */
  readonly isVideo: boolean | null;
  readonly status: CallStatus;
}
