import type { EventDraft, GatewayEvent } from "../../domain/event.ts";
import { pinnedFor } from "../../domain/pin.ts";
import type { MessageStatus } from "../../domain/message.ts";
import { hasReached, identityOf, mayBecome } from "../../domain/message.ts";
import type { Tx } from "../../store/writer.ts";
import type { Advance, Outcome } from "../advance.ts";
import { isEnding } from "../advance.ts";
import type { MessageRow } from "../rows.ts";
import { MESSAGE_COLUMNS, toMessage } from "../rows.ts";
import type { StoredChange } from "./stored-change.ts";
import { decodeChange } from "./stored-change.ts";

/**
 * Pure. What an outcome makes of a change that was on its way out: once the server has taken it, it is told
 * as it would be told if the account's phone had made it. Where it came to nothing, its own id says so.
 * @param target the message that is changed; nothing when it is gone
 */
export function advanceChange(
  row: MessageRow,
  { instanceId, epoch, status, at, error }: Outcome,
  target: MessageRow | undefined,
): Advance {
  const previous = (row.status ?? "SERVER_ACK") as MessageStatus;
  if (!mayBecome(previous, status)) return { row, drafts: [] };
  const hasEnded = error !== null || isEnding(status);
  const wasTaken = hasReached(previous, "SERVER_ACK");
  const next = { ...row, status, timestamp: at, error: error && JSON.stringify(error) };
  const events: GatewayEvent[] = [];
  if (hasEnded) {
    const { id: messageId, chat } = toMessage(row);
    events.push({ type: "message.status", messageId, chat, status, previous, participant: null });
  } else if (!wasTaken && target) {
    events.push(eventOf(decodeChange(row.change), row, target, at));
  }
  const draft: Omit<EventDraft, "event"> = {
    instanceId,
    epoch,
    occurredAt: at,
    whileOffline: false,
    target: target && !hasEnded ? identityOf(toMessage(target)) : null,
  };
  return { row: next, drafts: events.map((event) => Object.assign({ event }, draft)) };
}

function eventOf(
  change: StoredChange,
  row: MessageRow,
  target: MessageRow,
  at: Date,
): GatewayEvent {
  const message = toMessage(target);
  const { id: messageId, chat } = message;
  const { sender } = toMessage(row);
  switch (change.kind) {
    case "EDIT": {
      const { text, mentions = [] } = change;
      const edited = { ...message, text, mentions, timestamp: at };
      return { type: "message.edited", message: edited };
    }
    case "DELETION":
      return { type: "message.deleted", messageId, chat, deletedBy: sender, fromMe: true };
    case "REACTION": {
      const { emoji } = change;
      return { type: "message.reaction", messageId, chat, sender, fromMe: true, emoji };
    }
    case "PIN": {
      const pinnedUntil = pinnedFor(change.seconds, at);
      return { type: "message.pinned", messageId, chat, sender, fromMe: true, pinnedUntil };
    }
    case "KEEP": {
      const { isKept } = change;
      return { type: "message.kept", messageId, chat, sender, fromMe: true, isKept };
    }
    case "VOTE": {
      const { options } = change;
      return { type: "poll.vote", messageId, chat, voter: sender, fromMe: true, options };
    }
    case "RESPONSE": {
      const { attendance, extraGuests } = change;
      const said = { messageId, chat, sender, fromMe: true, attendance, extraGuests };
      return { type: "event.response", ...said };
    }
  }
}

/** The messages that these rows are about to change, by the uid of the row. */
export async function readTargets(
  tx: Tx,
  rows: readonly MessageRow[],
): Promise<ReadonlyMap<string, MessageRow>> {
  const changes = rows.filter(({ change }) => change !== null);
  if (changes.length === 0) return new Map();
  const targets = await tx.db.message.findMany({
    where: { uid: { in: changes.map(targetUidOf) } },
    select: MESSAGE_COLUMNS,
  });
  const byUid = new Map(targets.map((target) => [target.uid, target]));
  const pairs = changes.map((row) => [row.uid, byUid.get(targetUidOf(row))] as const);
  return new Map(pairs.filter((pair): pair is [string, MessageRow] => pair[1] !== undefined));
}

const targetUidOf = ({ change }: MessageRow): string => decodeChange(change).targetUid;
