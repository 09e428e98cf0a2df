import type { Chore } from "../lib/housekeeper.ts";
import type { Database } from "../store/database.ts";
import type { Tx } from "../store/writer.ts";

/** Messages in one transaction: some ten milliseconds between the writes of others. */
const BATCH = 500;

/** How many messages of one second have a place of their own, as a power of two: more than any machine takes in. */
const PLACES = 20;

/** The index of words, which follows the messages by what triggers have noted. */
export interface TextIndex {
  /** Whoever searches finds what was written before. @throws GatewayError STORE_FAILED */
  catchUp(): Promise<void>;
  /** So that nobody who searches has to wait for long. */
  readonly chore: Chore;
}

/** Nobody calls it off. */
const UNHURRIED = new AbortController().signal;

export function createTextIndex({
  read,
  writer,
  health,
}: Pick<Database, "read" | "writer" | "health">): TextIndex {
  /** What is noted while this runs is for the next time, or a search would never begin on a busy gateway. */
  async function work(signal: AbortSignal): Promise<void> {
    const last = await read.messageTextDue.findFirst({ orderBy: { id: "desc" } });
    if (last === null) return;
    let done: number;
    do done = (await writer.write(indexSome)) ?? last.id;
    while (done < last.id && !signal.aborted);
  }
  return {
    catchUp: () => work(UNHURRIED),
    chore: {
      name: "index of texts",
      // While nothing can be written nothing new is there to be found.
      run: async (signal) => (health.reason === undefined ? work(signal) : undefined),
    },
  };
}

/** @returns how far it came; nothing when nothing was left */
async function indexSome(tx: Tx): Promise<number | undefined> {
  const due = await tx.db.messageTextDue.findMany({ orderBy: { id: "asc" }, take: BATCH });
  const last = due.at(-1)?.id;
  if (last === undefined) return undefined;
  const uids = JSON.stringify(due.map(({ messageUid }) => messageUid));
  await tx.db.$executeRaw`
    DELETE FROM "MessageSearch" WHERE rowid IN (
      SELECT id FROM "MessageText" WHERE "messageUid" IN (SELECT value FROM json_each(${uids})))`;
  await tx.db.$executeRaw`
    DELETE FROM "MessageText" WHERE "messageUid" IN (SELECT value FROM json_each(${uids}))`;
  await tx.db.$executeRaw`
    INSERT INTO "MessageText" (id, "messageUid")
    SELECT coalesce((
        SELECT max(id) FROM "MessageText" WHERE id BETWEEN m.second AND m.second + (1 << ${PLACES}) - 1
      ), m.second) + row_number() OVER (PARTITION BY m.second ORDER BY m.timestamp, m.uid), m.uid
    FROM (
      SELECT uid, timestamp, timestamp / 1000 << ${PLACES} AS second FROM "Message"
      WHERE uid IN (SELECT value FROM json_each(${uids})) AND text <> '' AND "deletedAt" IS NULL AND change IS NULL
    ) AS m ORDER BY 1`;
  await tx.db.$executeRaw`
    INSERT INTO "MessageSearch" (rowid, place, text)
    SELECT t.id, hex(m."instanceId") || ' ' || hex(m."chatId") || ' ' || hex(m."senderId"), m.text
    FROM "MessageText" AS t JOIN "Message" AS m ON m.uid = t."messageUid"
    WHERE t."messageUid" IN (SELECT value FROM json_each(${uids})) ORDER BY t.id`;
  await tx.db.messageTextDue.deleteMany({ where: { id: { lte: last } } });
  return last;
}
