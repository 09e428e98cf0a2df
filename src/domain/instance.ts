import type { HistoryProgress } from "./history.ts";
import type { InstanceId, Jid } from "./ids.ts";
import type { ShownSettings } from "./settings.ts";

export const INSTANCE_STATUSES = [
  "CREATED",
  "CONNECTING",
  "AWAITING_SCAN",
  "OPEN",
  "RECONNECTING",
  "STOPPED",
  "LOGGED_OUT",
] as const;

export type InstanceStatus = (typeof INSTANCE_STATUSES)[number];

/** Why a connection ended, in words that stay the same when WhatsApp's numbers change. */
export const CLOSE_REASONS = [
  "CONNECTION_LOST",
  "CONNECTION_CLOSED",
  "TIMED_OUT",
  "SERVICE_UNAVAILABLE",
  "BAD_SESSION",
  "RESTART_REQUIRED",
  "LOGGED_OUT",
  "FORBIDDEN",
  "CLIENT_OUTDATED",
  "MULTIDEVICE_MISMATCH",
  "REPLACED",
  "QR_EXPIRED",
  "BAD_FRAME",
  "UPGRADE_REFUSED",
  "PROXY_FAILED",
  "STORE_FAILED",
  "STOPPED_BY_USER",
  "RESTARTED_BY_USER",
  "GATEWAY_STOPPED",
] as const;

export type CloseReason = (typeof CLOSE_REASONS)[number];

/** How a connection ended. `code` is WhatsApp's or Baileys' status code where there was one. */
export interface Disconnect {
  readonly code: number | null;
  readonly reason: CloseReason;
  readonly message: string;
  readonly at: Date;
}

/** A QR text to scan with the phone, valid until `expiresAt`. */
export interface Qr {
  readonly text: string;
  readonly expiresAt: Date;
}

/** An eight-character code to type into the phone instead of scanning. */
export interface PairingCode {
  readonly code: string;
  readonly expiresAt: Date;
}

/** How fast an account sends: what protects it from being taken for a spammer. */
export interface Pacing {
  readonly perMinute: number;
  /** How many may go at once after a silence. */
  readonly burst: number;
  /** Up to this part of the pause between two messages is added at random, 0 to 1. */
  readonly jitter: number;
}

/** What is left of an account's pace at this moment. */
export interface Pace extends Pacing {
  /** Messages that may go at once. */
  readonly remaining: number;
  /** Milliseconds until the next one may go; 0 when one may go now. */
  readonly nextInMs: number;
}

export const RESTRICTION_KINDS = ["REACHOUT_TIMELOCK", "MESSAGE_CAPPING", "SEND_REFUSED"] as const;

/** Something WhatsApp does not let this account do for now. Nothing is retried by itself: each try counts against it. */
export interface Restriction {
  readonly kind: (typeof RESTRICTION_KINDS)[number];
  readonly whatsappCode: number | null;
  readonly message: string;
  readonly since: Date;
  /** When WhatsApp says it ends; null when it does not say. */
  readonly until: Date | null;
}

/** Whether messages really get through, judged by the server's acks: an open socket proves nothing. */
export interface Deliverability {
  readonly state: "UNKNOWN" | "WORKING" | "STALLED";
  readonly lastAckAt: Date | null;
  /** Since when the oldest message under way has waited for its ack. */
  readonly waitingSince: Date | null;
}

/** Where attempts to reconnect stand. */
export interface Reconnecting {
  /** Attempts that failed since the connection was last stable for two minutes. */
  readonly failures: number;
  readonly nextAttemptAt: Date | null;
  /** So many failed in a row that attempts are far apart now: somebody should look. */
  readonly isLooping: boolean;
}

export interface Instance {
  readonly id: InstanceId;
  readonly name: string | null;
  readonly status: InstanceStatus;
  /** Digits without `+`, once linked. */
  readonly phoneNumber: string | null;
  readonly pn: Jid | null;
  readonly lid: Jid | null;
  readonly profileName: string | null;
  readonly qr: Qr | null;
  readonly pairingCode: PairingCode | null;
  readonly lastDisconnect: Disconnect | null;
  /** Since when it has been linked to a phone; null before, and after a log-out. */
  readonly linkedAt: Date | null;
  readonly createdAt: Date;
  readonly pacing: Pacing | null;
  readonly settings: ShownSettings;
  readonly restriction: Restriction | null;
  readonly reconnecting: Reconnecting | null;
  /** What has come of the phone's history; null before anything has. */
  readonly history: HistoryProgress | null;
}
