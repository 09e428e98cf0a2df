import type { InstanceId, Jid } from "./ids.ts";

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
}
