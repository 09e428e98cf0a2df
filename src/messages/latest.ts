import type { Reader } from "../store/database.ts";
import type { ChatNames, StoredMessage } from "./messages.ts";
import { MESSAGE_COLUMNS, toStored } from "./rows.ts";

/** The latest message of each of these chats, in their order, that was received or that the server has taken. */
export async function latestMessages(
  read: Reader,
  chats: readonly ChatNames[],
): Promise<readonly (StoredMessage | undefined)[]> {
  const names = chats.flatMap(({ instanceId, ids }, at) => ids.map((id) => [at, instanceId, id]));
  const last = await read.$queryRaw<{ at: bigint; uid: string | null }[]>`
    SELECT c.value->>0 AS at, (
      SELECT uid FROM "Message" WHERE "instanceId" = c.value->>1 AND "chatId" = c.value->>2 AND change IS NULL
        AND (status IS NULL OR status IN ('SERVER_ACK', 'DELIVERED', 'READ', 'PLAYED'))
      ORDER BY timestamp DESC, uid DESC LIMIT 1) AS uid
    FROM json_each(${JSON.stringify(names)}) AS c`;
  const rows = await read.message.findMany({
    select: MESSAGE_COLUMNS,
    where: { uid: { in: last.flatMap(({ uid }) => uid ?? []) } },
    orderBy: [{ timestamp: "desc" }, { uid: "desc" }],
  });
  const found = new Map(last.map(({ uid, at }) => [uid, Number(at)]));
  const newest = new Map<number, StoredMessage>();
  for (const row of rows) {
    const at = found.get(row.uid) ?? -1;
    if (!newest.has(at)) newest.set(at, toStored(row));
  }
  return chats.map((_, at) => newest.get(at));
}
