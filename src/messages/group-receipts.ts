import type { Jid } from "../domain/ids.ts";
import type { MessageStatus } from "../domain/message.ts";
import { isLid, isPn } from "../domain/address.ts";
import type { Tx } from "../store/writer.ts";

/** How far a message came with one member of its group. */
export interface MemberReceipt {
  readonly messageUid: string;
  readonly participant: Jid;
  readonly status: MessageStatus;
  readonly at: Date;
}

/** What is known of these messages, by message and member. */
export async function readMemberStatuses(
  tx: Tx,
  uids: readonly string[],
): Promise<Map<string, MessageStatus>> {
  if (uids.length === 0) return new Map();
  const rows = await tx.db.messageReceipt.findMany({
    where: { messageUid: { in: [...uids] } },
    select: { messageUid: true, participantId: true, status: true },
  });
  return new Map(
    rows.map((row) => [memberKey(row.messageUid, row.participantId), row.status as MessageStatus]),
  );
}

export function memberKey(messageUid: string, participant: string): string {
  return `${messageUid} ${participant}`;
}

export async function writeMemberReceipts(
  tx: Tx,
  receipts: readonly MemberReceipt[],
): Promise<void> {
  if (receipts.length === 0) return;
  const rows = JSON.stringify(
    receipts.map(({ messageUid, participant, status, at }) => [
      messageUid,
      participant,
      isPn(participant) ? participant : null,
      isLid(participant) ? participant : null,
      status,
      at.getTime(),
    ]),
  );
  await tx.db.$executeRaw`
    INSERT INTO "MessageReceipt" ("messageUid", "participantId", "participantPn", "participantLid", status, at)
    SELECT v.value->>0, v.value->>1, v.value->>2, v.value->>3, v.value->>4, v.value->>5
    FROM json_each(${rows}) AS v WHERE true
    ON CONFLICT ("messageUid", "participantId") DO UPDATE SET status = excluded.status, at = excluded.at`;
}
