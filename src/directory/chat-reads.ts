import type { EventDraft } from "../domain/event.ts";
import type { Jid, MessageId } from "../domain/ids.ts";
import type { EventLog } from "../events/event-log.ts";
import type { Database } from "../store/database.ts";
import type { Claim } from "../store/ownership.ts";
import { ownershipLost, staleClaims } from "../store/ownership.ts";
import type { Tx } from "../store/writer.ts";

/** What the user has read, here or on another device. */
export interface ReadElsewhere {
  /** By either of its names. */
  readonly chat: Jid;
  readonly ids: readonly MessageId[];
  readonly at: Date;
}

/**
 * Counts what is left unread, and tells of it, in one transaction. What is counted already, such as a receipt
 * that comes again, is no news.
 * @throws GatewayError OWNERSHIP_LOST, STORE_FAILED
 */
export type RecordRead = (claim: Claim, read: ReadElsewhere) => Promise<void>;

export function createRecordRead(
  { writer }: Database,
  events: Pick<EventLog, "appendWithin">,
): RecordRead {
  return async (claim, read) => {
    const isStale = await writer.write(async (tx) => {
      const stale = await staleClaims(tx, [claim]);
      if (stale(claim)) return true;
      const draft = await markRead(tx, claim, read);
      if (draft) await events.appendWithin(tx, [draft]);
      return false;
    });
    if (isStale) throw ownershipLost();
  };
}

async function markRead(
  tx: Tx,
  { instanceId, epoch }: Claim,
  { chat: name, ids, at }: ReadElsewhere,
): Promise<EventDraft | undefined> {
  const chat = await tx.db.chat.findFirst({
    where: { instanceId, OR: [{ id: name }, { pn: name }], unreadCount: { gt: 0 } },
  });
  if (chat === null) return undefined;
  const { id, pn, lid } = chat;
  const inChat = { instanceId, chatId: { in: pn ? [id, pn] : [id] }, fromMe: false };
  // Whoever reads a message has read what is above it.
  const last = await tx.db.message.findFirst({
    where: { ...inChat, id: { in: [...ids] } },
    orderBy: [{ timestamp: "desc" }, { uid: "desc" }],
    select: { timestamp: true, uid: true },
  });
  const since = last ? newerThan(last) : { timestamp: { gt: at } };
  const unreadCount = await tx.db.message.count({
    where: { ...inChat, kind: { not: "UNDECRYPTABLE" }, ...since },
    take: chat.unreadCount,
  });
  if (unreadCount === chat.unreadCount) return undefined;
  await tx.db.chat.update({
    where: { instanceId_id: { instanceId, id } },
    data: { unreadCount },
  });
  const address = { id: id as Jid, pn: pn as Jid | null, lid: lid as Jid | null };
  const event = { type: "chat.update", chat: address, unreadCount } as const;
  return { instanceId, event, occurredAt: at, whileOffline: false, epoch };
}

function newerThan({ timestamp, uid }: { readonly timestamp: Date; readonly uid: string }) {
  return { OR: [{ timestamp: { gt: timestamp } }, { timestamp, uid: { gt: uid } }] };
}
