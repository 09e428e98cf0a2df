import type { Address } from "../domain/address.ts";
import { addressOf } from "../domain/address.ts";
import { encodeExtras, type Extras, reviveExtras } from "../domain/content.ts";
import type { EventDraft, GatewayEvent } from "../domain/event.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { MessageStatus, SendError } from "../domain/message.ts";
import { hasReached, mayBecome } from "../domain/message.ts";
import type { MessageRow } from "./rows.ts";
import { toMessage } from "./rows.ts";

/** Something became known about messages of ours: an ack, a receipt, or that we gave up. */
export interface Outcome {
  readonly instanceId: InstanceId;
  readonly epoch: number;
  readonly ids: readonly MessageId[];
  readonly status: MessageStatus;
  readonly at: Date;
  /** The chat a receipt names, so that nobody can confirm a message of another chat. */
  readonly chat: Jid | null;
  /** In groups: whose receipt it is. */
  readonly participant: Jid | null;
  readonly error: SendError | null;
  /** The number that a channel has given the post. */
  readonly serverId?: string | null;
}

/** What an outcome makes of a message: the row as it is afterwards (the same when it was old news), and what to tell. */
export interface Advance {
  readonly row: MessageRow;
  readonly drafts: readonly EventDraft[];
}

/**
 * Pure. States only move forward. A receipt may overtake the ack: then the server has taken the
 * message all the same, and that is told first.
 * @param memberStatus how far the message has come with the member whose receipt this is
 */
export function advance(
  row: MessageRow,
  outcome: Outcome,
  memberStatus: MessageStatus | null,
): Advance {
  const previous = (row.status ?? "SERVER_ACK") as MessageStatus;
  const { status, at, error, participant, serverId = null } = outcome;
  const moves = mayBecome(previous, status);
  const isNewsOfMember = participant !== null && mayBecome(memberStatus ?? "SERVER_ACK", status);
  if (!moves && !isNewsOfMember) return { row, drafts: [] };
  // A member can tell news only of what the server has taken.
  const isUnderWay = hasReached(previous, "SERVER_ACK") && !isEnding(previous);
  if (!moves && !isUnderWay) return { row, drafts: [] };

  const isTaken = mayBecome("SENDING", status) && error === null && !isEnding(status);
  const wasTaken = hasReached(previous, "SERVER_ACK");
  const next: MessageRow = moves
    ? {
        ...row,
        status,
        timestamp: isTaken && !wasTaken ? at : row.timestamp,
        error: error && JSON.stringify(error),
        extras: serverId === null ? row.extras : numbered(row.extras, serverId),
      }
    : row;
  const events: GatewayEvent[] = [];
  if (isTaken && !wasTaken) {
    const message = toMessage({ ...next, status: "SERVER_ACK" });
    events.push({ type: "message.sent", message, source: "API" });
  }
  const message = toMessage(next);
  const member: Address | null = participant && addressOf(participant);
  if (error) {
    events.push({ type: "message.failed", message, error });
  } else if (status !== "SERVER_ACK") {
    const before = isTaken && !wasTaken ? "SERVER_ACK" : previous;
    const { id: messageId, chat } = message;
    const from = member ? (memberStatus ?? "SERVER_ACK") : before;
    events.push({
      type: "message.status",
      messageId,
      chat,
      status,
      previous: from,
      participant: member,
    });
  }
  const { instanceId, epoch } = outcome;
  const draft = { instanceId, epoch, occurredAt: at, whileOffline: false };
  return { row: next, drafts: events.map((event) => Object.assign({ event }, draft)) };
}

function numbered(extras: string | null, serverId: string): string | null {
  const known = extras === null ? null : (JSON.parse(extras) as Partial<Extras>);
  return encodeExtras({ ...reviveExtras(known), serverId });
}

export function isEnding(status: MessageStatus): boolean {
  return status === "FAILED" || status === "EXPIRED" || status === "CANCELLED";
}

/** Whether an outcome is about this message: a receipt must come from its chat. */
export function concerns({ chat }: Outcome, row: MessageRow): boolean {
  return chat === null || [row.chatId, row.chatPn, row.chatLid].includes(chat);
}
