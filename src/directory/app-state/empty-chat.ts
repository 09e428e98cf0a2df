import { setImmediate } from "node:timers/promises";
import type { AppStateChange } from "../../domain/app-state.ts";
import type { GatewayEvent } from "../../domain/event.ts";
import type { InstanceId } from "../../domain/ids.ts";
import type { Database } from "../../store/database.ts";
import { sql } from "../../store/sql.ts";
import type { Tx } from "../../store/writer.ts";
import { addressOfRow, type ChatRow, knownChat, namesOf } from "./known-chat.ts";

type Emptied = Extract<AppStateChange, { readonly kind: "CHAT_EMPTIED" }>;

/** Messages in one transaction: some milliseconds between the writes of others. */
const BATCH = 500;

/**
 * Removes the messages of a large chat, but for the last few: they go in the transaction of the event, so that a
 * crash in between does not leave an empty chat of which nobody was told.
 */
export async function removeMost(
  writer: Database["writer"],
  instanceId: InstanceId,
  emptied: Emptied,
): Promise<void> {
  let removed: number;
  do {
    removed = await writer.write(async (tx) => {
      const chat = await knownChat(tx, instanceId, emptied.chat);
      return chat ? removeOldest(tx, chat, emptied, BATCH) : 0;
    });
    await setImmediate();
  } while (removed > 0);
}

export async function applyEmptied(
  tx: Tx,
  instanceId: InstanceId,
  emptied: Emptied,
): Promise<GatewayEvent | undefined> {
  const row = await knownChat(tx, instanceId, emptied.chat);
  if (row === null) return undefined;
  const removed = await removeOldest(tx, row, emptied, 0);
  const where = { instanceId_id: { instanceId, id: row.id } };
  // WhatsApp names the second: what came later than that stays, and so does its chat.
  const isOver = row.activeAt < endOf(emptied);
  const isGone = emptied.isDeleted && isOver;
  if (isGone) {
    await tx.db.chat.delete({ where });
    await tx.db.chatLabel.deleteMany({ where: { instanceId, chatId: { in: namesOf(row) } } });
  }
  if (!isGone && removed > 0 && isOver) {
    await tx.db.chat.update({ where, data: { unreadCount: 0 } });
  }
  if (removed === 0 && !isGone) return undefined;
  const unreadCount = isOver && row.unreadCount > 0 ? 0 : null;
  const done = isGone ? "DELETED" : "CLEARED";
  return { type: "chat.update", chat: addressOfRow(row), unreadCount, emptied: done };
}

/** @param spared how many of the newest stay; they go with 0 */
function removeOldest(tx: Tx, row: ChatRow, emptied: Emptied, spared: number): Promise<number> {
  const names = JSON.stringify(namesOf(row));
  const starred = emptied.keepsStarred ? sql`AND "starredAt" IS NULL` : sql``;
  const limit =
    spared === 0 ? sql`` : sql`LIMIT max(0, min(${BATCH}, (SELECT count(*) FROM old) - ${spared}))`;
  return tx.db.$executeRaw`
    WITH old AS (
      SELECT uid, timestamp FROM "Message"
      WHERE "instanceId" = ${row.instanceId} AND "chatId" IN (SELECT value FROM json_each(${names}))
        AND timestamp < ${endOf(emptied).getTime()} AND (status IS NULL OR status NOT IN ('QUEUED', 'SENDING')) ${starred})
    DELETE FROM "Message" WHERE uid IN (SELECT uid FROM old ORDER BY timestamp, uid ${limit})`;
}

function endOf({ upTo }: Emptied): Date {
  return new Date((Math.floor(upTo.getTime() / 1000) + 1) * 1000);
}
