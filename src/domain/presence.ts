import type { Address } from "./address.ts";

export const PRESENCES = ["AVAILABLE", "UNAVAILABLE", "COMPOSING", "RECORDING", "PAUSED"] as const;

/** What somebody does at this moment. */
export type Presence = (typeof PRESENCES)[number];

/** Whether somebody has WhatsApp open. */
export type Availability = Extract<Presence, "AVAILABLE" | "UNAVAILABLE">;

/** What somebody does in one chat. */
export type Typing = Exclude<Presence, Availability>;

/** Somebody does something else than before. */
export interface PresenceNews {
  readonly type: "presence.update";
  /** With the person, or the group in which they type. */
  readonly chat: Address;
  readonly contact: Address;
  readonly presence: Presence;
  /** When they were last online; null where they hide it, and while they are. */
  readonly lastSeen: Date | null;
}
