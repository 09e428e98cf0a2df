import type { Jid } from "../../domain/ids.ts";
import type { Reader } from "../../store/database.ts";
import type { Reaction } from "../messages.ts";

/** The reactions to these messages, by uid, the oldest first. */
export async function readReactions(
  read: Reader,
  uids: readonly string[],
): Promise<ReadonlyMap<string, readonly Reaction[]>> {
  const rows = await read.reaction.findMany({
    where: { messageUid: { in: [...uids] } },
    orderBy: [{ at: "asc" }, { senderId: "asc" }],
  });
  const found = new Map<string, Reaction[]>(uids.map((uid) => [uid, []]));
  for (const { messageUid, senderId, senderPn, senderLid, senderName, ...said } of rows) {
    const sender = {
      id: senderId as Jid,
      pn: senderPn as Jid | null,
      lid: senderLid as Jid | null,
      name: senderName,
    };
    found.get(messageUid)?.push({ ...said, sender });
  }
  return found;
}
