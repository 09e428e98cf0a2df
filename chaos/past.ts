import { DatabaseSync } from "node:sqlite";
import { databasePath } from "./log-file.ts";

/** An event of a short text, or of a long one. */
const dataOf = (text: string) =>
  JSON.stringify({
    message: {
      id: "3EB0000000000000000000",
      instanceId: "past",
      chat: {
        id: "100000000000001@lid",
        pn: "5511999990001@s.whatsapp.net",
        lid: "100000000000001@lid",
      },
      sender: {
        id: "100000000000001@lid",
        pn: "5511999990001@s.whatsapp.net",
        lid: "100000000000001@lid",
        name: "Past",
      },
      fromMe: false,
      kind: "TEXT",
      text,
      timestamp: "2026-01-01T00:00:00.000Z",
      status: null,
      quotedId: null,
      media: null,
      error: null,
    },
  });

/**
 * Gives the log of a gateway that is not running a past of so many events, in one statement: through
 * the gateway it would take an hour.
 */
export function writePast(
  dataDir: string,
  events: number,
  text = "This was said before the campaign began.",
): void {
  const database = new DatabaseSync(databasePath(dataDir));
  try {
    database.exec("PRAGMA synchronous = OFF; BEGIN");
    const now = Date.now();
    database
      .prepare(`
        WITH RECURSIVE past(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM past WHERE n < ?)
        INSERT INTO "Event" (position, id, "instanceId", type, "chatId", "chatPn", "occurredAt",
          "whileOffline", data, "loggedAt")
        SELECT (SELECT head FROM "LogHead") + n, printf('evt_past%020d', n), 'past', 'message.received',
          '100000000000001@lid', '5511999990001@s.whatsapp.net', ?, 0, ?, ? FROM past`)
      .run(events, now, dataOf(text), now);
    database.exec(
      `UPDATE "LogHead" SET head = head + ${events}; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`,
    );
  } finally {
    database.close();
  }
}
