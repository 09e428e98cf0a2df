import type { EventDraft } from "../domain/event.ts";
import type { MessageStatus } from "../domain/message.ts";
import type { EventLog } from "../events/event-log.ts";
import type { Database } from "../store/database.ts";
import { ownershipLost, staleClaims } from "../store/ownership.ts";
import type { Tx } from "../store/writer.ts";
import type { Outcome } from "./advance.ts";
import { advance, concerns } from "./advance.ts";
import { advanceChange, readTargets } from "./change/advance-change.ts";
import type { MemberReceipt } from "./group-receipts.ts";
import { memberKey, readMemberStatuses, writeMemberReceipts } from "./group-receipts.ts";
import type { MessageRow } from "./rows.ts";
import { MESSAGE_COLUMNS } from "./rows.ts";
import type { Waiters } from "./waiters.ts";

/**
 * Moves messages of ours forward, state and event in one transaction, and tells who waits.
 * @throws GatewayError OWNERSHIP_LOST, STORE_FAILED
 */
export type RecordOutcome = (outcome: Outcome) => Promise<void>;

/** The same inside a transaction that also writes something else, for outcomes of the present owner. */
export type RecordWithin = (tx: Tx, outcomes: readonly Outcome[]) => Promise<void>;

export function createRecordOutcome(
  { writer }: Database,
  recordWithin: RecordWithin,
): RecordOutcome {
  const recordAll = writer.batch(async (tx, all: readonly Outcome[]) => {
    const stale = await staleClaims(tx, all);
    await recordWithin(
      tx,
      all.filter((outcome) => !stale(outcome)),
    );
    return all.map((outcome) => !stale(outcome));
  });
  return async (outcome) => {
    if (!(await recordAll(outcome))) throw ownershipLost();
  };
}

export function createRecordWithin(
  events: Pick<EventLog, "appendWithin">,
  waiters: Waiters,
): RecordWithin {
  return async (tx, outcomes) => {
    const rows = await rowsOf(tx, outcomes);
    const targets = await readTargets(tx, [...rows.values()]);
    const groups = outcomes.some(({ participant }) => participant !== null);
    const uids = groups ? [...rows.values()].map(({ uid }) => uid) : [];
    const members = await readMemberStatuses(tx, uids);
    const moved = new Map<string, MessageRow>();
    const receipts = new Map<string, MemberReceipt>();
    const drafts: EventDraft[] = [];
    for (const outcome of outcomes) {
      for (const id of outcome.ids) {
        const key = `${outcome.instanceId} ${id}`;
        const row = rows.get(key);
        if (!row || !concerns(outcome, row)) continue;
        const member = outcome.participant && memberKey(row.uid, outcome.participant);
        const made =
          row.change === null
            ? advance(row, outcome, (member && members.get(member)) || null)
            : advanceChange(row, outcome, targets.get(row.uid));
        drafts.push(...made.drafts);
        if (made.row !== row) moved.set(row.uid, made.row);
        rows.set(key, made.row);
        if (member && row.change === null && made.drafts.length > 0) {
          members.set(member, outcome.status);
          receipts.set(member, receiptOf(row, outcome));
        }
      }
    }
    await writeStates(tx, [...moved.values()]);
    await writeMemberReceipts(tx, [...receipts.values()]);
    await events.appendWithin(tx, drafts);
    tx.afterCommit(() => {
      for (const row of moved.values()) waiters.tell(row.uid, row.status as MessageStatus);
    });
  };
}

function receiptOf({ uid }: MessageRow, { participant, status, at }: Outcome): MemberReceipt {
  if (participant === null) throw new TypeError("only a member's receipt is kept by member");
  return { messageUid: uid, participant, status: status satisfies MessageStatus, at };
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

/** What the server has taken, or never will, needs no intent any more. */
async function writeStates(tx: Tx, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length === 0) return;
  const json = JSON.stringify(
    rows.map(({ uid, status, timestamp, error, extras }) => [
      uid,
      status,
      timestamp.getTime(),
      error,
      extras,
    ]),
  );
  await tx.db.$executeRaw`
    UPDATE "Message" SET status = v.value->>1, timestamp = v.value->>2, error = v.value->>3,
      extras = v.value->>4, intent = NULL
    FROM json_each(${json}) AS v WHERE "Message".uid = v.value->>0`;
}
