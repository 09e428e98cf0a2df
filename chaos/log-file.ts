import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Cursor } from "../src/events/cursor.ts";

/** An event as it stands in the database; `data` is its JSON. */
export interface LogRow {
  readonly position: number;
  readonly id: string;
  readonly instanceId: string;
  readonly type: string;
  readonly chatId: string | null;
  readonly data: string;
}

/** A message of an account's own, as it stands in the database. */
export interface SentRow {
  readonly id: string;
  readonly instanceId: string;
  readonly text: string | null;
  readonly status: string;
}

/** The database of a gateway, read beside it. What is in here is the truth that everybody's memory is held against. */
export interface LogFile extends Disposable {
  /** The end of the log, as a cursor names it. */
  end(): Cursor;
  /** How many messages of contacts it holds. */
  received(): number;
  /** What the gateway has still to do: rows by their kind, without those of which there are none. */
  unfinished(): Readonly<Record<string, number>>;
  eventsAfter(position: number): readonly LogRow[];
  sent(): readonly SentRow[];
  /** SQLite's own word on the file: `ok`, or what is wrong. */
  integrity(): string;
}

export const databasePath = (dataDir: string): string => join(dataDir, "wagraph.db");

export function openLogFile(dataDir: string): LogFile {
  const database = new DatabaseSync(databasePath(dataDir), { readOnly: true });
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the statement decides the shape of its rows
  const rows = <T>(query: string, ...values: readonly number[]) =>
    database.prepare(query).all(...values) as unknown as readonly T[];
  const count = (query: string) =>
    rows<{ n: number }>(`SELECT count(*) AS n FROM ${query}`)[0]?.n ?? 0;
  return {
    end() {
      const [row] = rows<Cursor>('SELECT "logId", head AS position FROM "LogHead"');
      if (!row) throw new Error("the log was never opened");
      return row;
    },
    received: () => count(`"Message" WHERE NOT "fromMe" AND text LIKE 'in-%'`),
    unfinished() {
      const counts = {
        deliveries: count(`"Delivery" WHERE state = 'PENDING'`),
        sends: count(`"Message" WHERE status IN ('QUEUED', 'SENDING')`),
        inboxRows: count('"InboxRow" WHERE "doneAt" IS NULL'),
      };
      return Object.fromEntries(Object.entries(counts).filter(([, left]) => left > 0));
    },
    eventsAfter: (position) =>
      rows<LogRow>(
        `SELECT position, id, "instanceId", type, "chatId", data FROM "Event"
         WHERE position > ? ORDER BY position`,
        position,
      ),
    sent: () =>
      rows<SentRow>(
        'SELECT id, "instanceId", text, status FROM "Message" WHERE "fromMe" ORDER BY uid',
      ),
    integrity: () =>
      rows<{ integrity_check: string }>("PRAGMA integrity_check")
        .map((row) => row.integrity_check)
        .join("; "),
    [Symbol.dispose]: () => database.close(),
  };
}
