import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { Message, MessageStatus, SendError } from "../domain/message.ts";
import { mayBecome } from "../domain/message.ts";
import { addressOf } from "../domain/address.ts";
import type { EventLog } from "../events/event-log.ts";
import type { Entry } from "../events/append.ts";
import type { Database } from "../store/database.ts";
import type { Tx } from "../store/writer.ts";
import type { MessageRow } from "./rows.ts";
import { MESSAGE_COLUMNS, toMessage } from "./rows.ts";
import type { Waiters } from "./waiters.ts";

/** Something became known about messages of ours: an ack, a receipt, or that we gave up. */
export interface Outcome {
  readonly instanceId: InstanceId;
  readonly epoch: number;
  readonly ids: readonly MessageId[];
  readonly status: MessageStatus;
  readonly at: Date;
  /** The chat a receipt names, so that nobody can confirm a message of another chat. */
  readonly chat: Jid | null;
  readonly participant: Jid | null;
  readonly error: SendError | null;
}

/** Moves messages of ours forward, state and event in one transaction, and tells who waits. */
export type RecordOutcome = (outcome: Outcome) => Promise<void>;

export function createRecordOutcome(
  { writer }: Database,
  events: Pick<EventLog, "appendWithin">,
  waiters: Waiters,
): RecordOutcome {
  return writer.batch(async (tx, outcomes: readonly Outcome[]) => {
    const rows = await rowsOf(tx, outcomes);
    const moved = new Map<string, MessageRow>();
    const entries = outcomes.flatMap((outcome) =>
      outcome.ids.flatMap((id) => {
        const row = rows.get(`${outcome.instanceId} ${id}`);
        if (!row || !concerns(outcome, row)) return [];
        const [next, made] = advance(row, outcome);
        if (next === row) return [];
        rows.set(`${outcome.instanceId} ${id}`, next);
        moved.set(next.uid, next);
        return made;
      }),
    );
    await writeStates(tx, [...moved.values()]);
    await events.appendWithin(tx, entries);
    tx.afterCommit(() => {
      for (const row of moved.values()) waiters.tell(row.uid, toMessage(row));
    });
    return outcomes.map(() => undefined);
  });
}

async function rowsOf(tx: Tx, outcomes: readonly Outcome[]): Promise<Map<string, MessageRow>> {
  const rows = await tx.db.message.findMany({
    where: {
      instanceId: { in: [...new Set(outcomes.map(({ instanceId }) => instanceId))] },
      id: { in: [...new Set(outcomes.flatMap(({ ids }) => ids))] },
      fromMe: true,
    },
    select: MESSAGE_COLUMNS,
  });
  return new Map(rows.map((row) => [`${row.instanceId} ${row.id}`, row]));
}

function concerns({ chat }: Outcome, row: MessageRow): boolean {
  return chat === null || [row.chatId, row.chatPn, row.chatLid].includes(chat);
}

/** The row as it is afterwards, and the events that say so. Unchanged when the outcome is old news. */
function advance(row: MessageRow, outcome: Outcome): readonly [MessageRow, readonly Entry[]] {
  const previous = (row.status ?? "SERVER_ACK") as MessageStatus;
  const { status, at, error, participant } = outcome;
  if (!mayBecome(previous, status)) return [row, []];
  const isTaken = status !== "FAILED" && status !== "EXPIRED" && status !== "CANCELLED";
  const wasTaken = mayBecome("SENDING", previous) || previous === "SERVER_ACK";
  const next: MessageRow = {
    ...row,
    status,
    timestamp: isTaken && !wasTaken ? at : row.timestamp,
    error: error && JSON.stringify(error),
  };
  const draft = {
    instanceId: outcome.instanceId,
    epoch: outcome.epoch,
    occurredAt: at,
    whileOffline: false,
  };
  const entries: Entry[] = [];
  // A receipt may overtake the ack: then the server has taken the message all the same.
  if (isTaken && !wasTaken) {
    const message: Message = toMessage({ ...next, status: "SERVER_ACK" });
    entries.push({ ...draft, event: { type: "message.sent", message, source: "API" } });
  }
  if (error) {
    entries.push({ ...draft, event: { type: "message.failed", message: toMessage(next), error } });
  } else if (status !== "SERVER_ACK") {
    const message = toMessage(next);
    entries.push({
      ...draft,
      event: {
        type: "message.status",
        messageId: message.id,
        chat: message.chat,
        status,
        previous: wasTaken ? previous : isTaken ? "SERVER_ACK" : previous,
        participant: participant && addressOf(participant),
      },
    });
  }
  return [next, entries];
}

/** What the server has taken needs no intent any more. */
async function writeStates(tx: Tx, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length === 0) return;
  const json = JSON.stringify(
    rows.map(({ uid, status, timestamp, error }) => [uid, status, timestamp.getTime(), error]),
  );
  await tx.db.$executeRaw`
    UPDATE "Message" SET status = v.value->>1, timestamp = v.value->>2, error = v.value->>3, intent = NULL
    FROM json_each(${json}) AS v WHERE "Message".uid = v.value->>0`;
}
