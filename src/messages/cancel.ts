import { GatewayError } from "../domain/errors.ts";
import type { InstanceId, MessageId } from "../domain/ids.ts";
import type { Database } from "../store/database.ts";
import type { StoredMessage } from "./messages.ts";
import type { RecordOutcome } from "./outcomes.ts";
import { MESSAGE_COLUMNS, toStored } from "./rows.ts";

/**
 * Takes a message back that no byte of has left yet.
 * @throws GatewayError MESSAGE_NOT_FOUND, TOO_LATE
 */
export async function cancelMessage(
  { read }: Database,
  record: RecordOutcome,
  { instanceId, epoch, id }: { instanceId: InstanceId; epoch: number; id: string },
): Promise<StoredMessage> {
  const where = { instanceId, id, fromMe: true, change: null };
  const known = await read.message.findFirst({ where, select: { uid: true } });
  if (!known) {
    throw new GatewayError(
      "MESSAGE_NOT_FOUND",
      `"${instanceId}" has not been asked to send a message "${id}".`,
      { messageId: id },
    );
  }
  const ids = [id as MessageId];
  const none = { chat: null, participant: null, error: null };
  await record({ instanceId, epoch, ids, status: "CANCELLED", at: new Date(), ...none });
  const row = await read.message.findUniqueOrThrow({
    where: { uid: known.uid },
    select: MESSAGE_COLUMNS,
  });
  if (row.status === "CANCELLED") return toStored(row);
  throw new GatewayError(
    "TOO_LATE",
    `The message is ${row.status ?? "sent"} already. Only what is QUEUED can be cancelled.`,
    { messageId: id, status: row.status },
  );
}
