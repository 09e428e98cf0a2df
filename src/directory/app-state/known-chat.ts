import type { Address } from "../../domain/address.ts";
import type { InstanceId, Jid } from "../../domain/ids.ts";
import type { Tx } from "../../store/writer.ts";

/** The chat as the table has it: by its number until its LID is learned. */
export function knownChat(tx: Tx, instanceId: InstanceId, { id, pn }: Address) {
  const names = pn && pn !== id ? [id, pn] : [id];
  return tx.db.chat.findFirst({
    where: { instanceId, OR: [{ id: { in: names } }, { pn: { in: names } }] },
    orderBy: { activeAt: "desc" },
  });
}

export type ChatRow = NonNullable<Awaited<ReturnType<typeof knownChat>>>;

export function addressOfRow({ id, pn, lid }: Pick<ChatRow, "id" | "pn" | "lid">): Address {
  return { id: id as Jid, pn: pn as Jid | null, lid: lid as Jid | null };
}

/** All names under which messages of a chat may be kept. */
export function namesOf({ id, pn }: Pick<ChatRow, "id" | "pn">): string[] {
  return pn && pn !== id ? [id, pn] : [id];
}
