import { GatewayError, notLinked } from "../../domain/errors.ts";
import type { InstanceId, MessageId } from "../../domain/ids.ts";
import type { Database } from "../../store/database.ts";
import type { Tx } from "../../store/writer.ts";
import type { RecordWithin } from "../outcomes.ts";
import type { Batch, BatchState } from "./batch.ts";
import { batchNotFound, toBatch } from "./rows.ts";

/** @throws GatewayError BATCH_NOT_FOUND, TOO_LATE */
export function pauseBatch({ writer }: Database, id: string): Promise<Batch> {
  return writer.write(async (tx) => {
    await openBatch(tx, id);
    return become(tx, id, "PAUSED");
  });
}

/** @throws GatewayError BATCH_NOT_FOUND, TOO_LATE, NOT_LINKED */
export function resumeBatch({ writer }: Database, id: string): Promise<Batch> {
  return writer.write(async (tx) => {
    const { instanceId } = await openBatch(tx, id);
    const instance = await tx.db.instance.findUnique({ where: { id: instanceId } });
    if (!instance?.linkedAt) throw notLinked(instanceId, instance?.status ?? "CREATED");
    return become(tx, id, "RUNNING");
  });
}

/**
 * Ends a batch, and takes back what of it still waits in the queue, in one transaction.
 * @returns it, with the uids of the messages whose files nobody needs any more
 * @throws GatewayError BATCH_NOT_FOUND, TOO_LATE
 */
export function cancelBatch(
  { writer }: Database,
  record: RecordWithin,
  id: string,
): Promise<{ readonly batch: Batch; readonly uids: readonly string[] }> {
  return writer.write(async (tx) => {
    const { instanceId } = await openBatch(tx, id);
    const waiting = await tx.db.$queryRaw<{ uid: string; id: MessageId; epoch: bigint }[]>`
      SELECT m.uid, m.id, i.epoch + 0 AS epoch FROM "BatchRecipient" AS r
      JOIN "Message" AS m ON m.uid = r."messageUid" JOIN "Instance" AS i ON i.id = m."instanceId"
      WHERE r."batchId" = ${id} AND +m.status = 'QUEUED'`;
    const ids = waiting.map((row) => row.id);
    const [first] = waiting;
    if (first) {
      const outcome = { instanceId: instanceId as InstanceId, epoch: Number(first.epoch), ids };
      const none = { chat: null, participant: null, error: null };
      await record(tx, [{ ...outcome, status: "CANCELLED", at: new Date(), ...none }]);
    }
    const batch = await become(tx, id, "CANCELLED");
    return { batch, uids: waiting.map(({ uid }) => uid) };
  });
}

/** The link of an account is gone: what was meant for it must not leave from the next phone by itself. */
export async function pauseUnlinked(tx: Tx, instanceId: InstanceId): Promise<void> {
  await tx.db.batch.updateMany({
    where: { instanceId, state: "RUNNING" },
    data: { state: "PAUSED", reason: "NOT_LINKED" },
  });
}

async function openBatch(tx: Tx, id: string): Promise<{ readonly instanceId: string }> {
  const row = await tx.db.batch.findUnique({ where: { id } });
  if (!row) throw batchNotFound(id);
  if (row.state === "RUNNING" || row.state === "PAUSED") return row;
  throw new GatewayError(
    "TOO_LATE",
    `The batch is ${row.state} already. Messages that are still QUEUED can be cancelled one by one.`,
    { batchId: id, state: row.state },
  );
}

async function become(tx: Tx, id: string, state: BatchState): Promise<Batch> {
  const doneAt = state === "CANCELLED" ? new Date() : null;
  return toBatch(
    await tx.db.batch.update({ where: { id }, data: { state, reason: null, doneAt } }),
  );
}
