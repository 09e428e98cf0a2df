import type { GatewayEvent } from "../../domain/event.ts";
import type { Jid } from "../../domain/ids.ts";
import type { Reader } from "../../store/database.ts";
import type { Tx } from "../../store/writer.ts";
import type { Vote } from "../messages.ts";

/** Who has chosen what in these polls, by uid, the first to vote first. */
export async function readVotes(
  read: Reader,
  uids: readonly string[],
): Promise<ReadonlyMap<string, readonly Vote[]>> {
  const rows = await read.pollVote.findMany({
    where: { messageUid: { in: [...uids] } },
    orderBy: [{ at: "asc" }, { voterId: "asc" }],
  });
  const found = new Map<string, Vote[]>(uids.map((uid) => [uid, []]));
  for (const { messageUid, voterId, voterPn, voterLid, voterName, options, ...said } of rows) {
    const voter = {
      id: voterId as Jid,
      pn: voterPn as Jid | null,
      lid: voterLid as Jid | null,
      name: voterName,
    };
    const chosen = JSON.parse(options) as string[];
    if (chosen.length > 0) found.get(messageUid)?.push({ ...said, voter, options: chosen });
  }
  return found;
}

/** The last vote of each counts, in whichever order they came. */
export async function recordVote(
  tx: Tx,
  messageUid: string,
  { voter, fromMe, options }: Extract<GatewayEvent, { readonly type: "poll.vote" }>,
  at: Date,
): Promise<void> {
  if (options === null) return;
  const { id, pn, lid, name } = voter;
  await tx.db.$executeRaw`
    INSERT INTO "PollVote" ("messageUid", "voterId", "voterPn", "voterLid", "voterName", "fromMe", options, at)
    VALUES (${messageUid}, ${id}, ${pn}, ${lid}, ${name}, ${fromMe ? 1 : 0}, ${JSON.stringify(options)},
      ${at.getTime()})
    ON CONFLICT ("messageUid", "voterId") DO UPDATE SET options = excluded.options, at = excluded.at
    WHERE excluded.at >= "PollVote".at`;
}
