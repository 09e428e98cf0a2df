import type { Address } from "./address.ts";
import type { Content } from "./content.ts";
import type { InstanceId, MessageId } from "./ids.ts";

/** In the order in which they may be reached; CANCELLED and EXPIRED are reached from QUEUED alone, FAILED from any state before SERVER_ACK. */
export const MESSAGE_STATUSES = [
  "QUEUED",
  "SENDING",
  "SERVER_ACK",
  "DELIVERED",
  "READ",
  "PLAYED",
  "FAILED",
  "EXPIRED",
  "CANCELLED",
] as const;

export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Who wrote it: the person's two addresses and the name they chose for themselves. */
export interface Sender extends Address {
  readonly name: string | null;
}

export interface Message extends Content {
  readonly id: MessageId;
  readonly instanceId: InstanceId;
  readonly chat: Address;
  readonly sender: Sender;
  readonly fromMe: boolean;
  /** WhatsApp's time of the message (to the second), or ours until the server has acknowledged it. */
  readonly timestamp: Date;
  /** Null for received messages: only what we send has a way to go. */
  readonly status: MessageStatus | null;
  readonly error: SendError | null;
}

/** Why a send failed, with WhatsApp's code where it gave one. */
export interface SendError {
  readonly code: string;
  readonly message: string;
  readonly whatsappCode: number | null;
}

/**
 * Who a message is for the gateway: senders choose ids, so an id alone would let one suppress
 * another's message. LIDs come first because one person may appear under both names.
 */
export function identityOf(message: {
  readonly chat: Address;
  readonly sender: Address;
  readonly fromMe: boolean;
  readonly id: string;
}): string {
  return `${message.chat.id}|${message.fromMe ? "me" : message.sender.id}|${message.id}`;
}

const RANK: Readonly<Record<MessageStatus, number>> = {
  QUEUED: 0,
  SENDING: 1,
  SERVER_ACK: 2,
  DELIVERED: 3,
  READ: 4,
  PLAYED: 5,
  FAILED: 9,
  EXPIRED: 9,
  CANCELLED: 9,
};

/** States only move forward: a late DELIVERED never undoes READ, and what the server has taken cannot fail any more. */
export function mayBecome(from: MessageStatus, to: MessageStatus): boolean {
  if (RANK[from] === 9) return false;
  // Once a byte may have left, only the server can say that a message will not arrive.
  if (to === "EXPIRED" || to === "CANCELLED") return from === "QUEUED";
  if (to === "FAILED") return RANK[from] < RANK.SERVER_ACK;
  return RANK[to] > RANK[from];
}

/** Whether the wait of a caller who asked for `wanted` is over, for good or ill. */
export function hasReached(status: MessageStatus, wanted: MessageStatus): boolean {
  return RANK[status] >= RANK[wanted];
}
