import type { Address } from "../domain/address.ts";
import type { MessageKey } from "../domain/app-state.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { Reader } from "../store/database.ts";

/** The latest message of a chat that other devices know too; null where none is kept. */
export async function newestMessage(
  read: Reader,
  { instanceId, id, pn }: Address & { readonly instanceId: InstanceId },
): Promise<MessageKey | null> {
  const row = await read.message.findFirst({
    where: {
      instanceId,
      chatId: { in: pn && pn !== id ? [id, pn] : [id] },
      change: null,
      OR: [{ status: null }, { status: { in: ["SERVER_ACK", "DELIVERED", "READ", "PLAYED"] } }],
    },
    orderBy: [{ timestamp: "desc" }, { uid: "desc" }],
    select: { id: true, fromMe: true, senderId: true, senderPn: true, timestamp: true },
  });
  if (row === null) return null;
  const { fromMe, timestamp } = row;
  const participant = fromMe ? null : ((row.senderPn ?? row.senderId) as Jid);
  return { id: row.id as MessageId, fromMe, participant, timestamp };
}
