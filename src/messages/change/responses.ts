import type { Attendance } from "../../domain/content.ts";
import type { GatewayEvent } from "../../domain/event.ts";
import type { Jid } from "../../domain/ids.ts";
import type { Reader } from "../../store/database.ts";
import type { Tx } from "../../store/writer.ts";
import type { Response } from "../messages.ts";

/** Who comes to these appointments, by uid, the first to answer first. */
export async function readResponses(
  read: Reader,
  uids: readonly string[],
): Promise<ReadonlyMap<string, readonly Response[]>> {
  const rows = await read.eventResponse.findMany({
    where: { messageUid: { in: [...uids] } },
    orderBy: [{ at: "asc" }, { senderId: "asc" }],
  });
  const found = new Map<string, Response[]>(uids.map((uid) => [uid, []]));
  for (const row of rows) {
    const { messageUid, senderId, senderPn, senderLid, senderName, attendance, ...said } = row;
    const sender = {
      id: senderId as Jid,
      pn: senderPn as Jid | null,
      lid: senderLid as Jid | null,
      name: senderName,
    };
    found.get(messageUid)?.push({ ...said, sender, attendance: attendance as Attendance });
  }
  return found;
}

/** The last answer of each counts, in whichever order they came. */
export async function recordResponse(
  tx: Tx,
  messageUid: string,
  event: Extract<GatewayEvent, { readonly type: "event.response" }>,
  at: Date,
): Promise<void> {
  const { sender, fromMe, attendance, extraGuests } = event;
  if (attendance === null) return;
  const { id, pn, lid, name } = sender;
  await tx.db.$executeRaw`
    INSERT INTO "EventResponse" ("messageUid", "senderId", "senderPn", "senderLid", "senderName", "fromMe",
      attendance, "extraGuests", at)
    VALUES (${messageUid}, ${id}, ${pn}, ${lid}, ${name}, ${fromMe ? 1 : 0}, ${attendance}, ${extraGuests},
      ${at.getTime()})
    ON CONFLICT ("messageUid", "senderId") DO UPDATE SET attendance = excluded.attendance,
      "extraGuests" = excluded."extraGuests", at = excluded.at
    WHERE excluded.at >= "EventResponse".at`;
}
