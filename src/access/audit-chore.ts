import type { Chore } from "../lib/housekeeper.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Database } from "../store/database.ts";
import { auditMarks } from "./audit-marks.ts";

export interface AuditRetention {
  readonly days: number;
  readonly count: number;
}

/** Entries that go in one transaction: a few milliseconds of the only writer. */
const BATCH = 1_000;

const DAY_MS = 24 * 60 * 60_000;

/** Lets go of the oldest entries, and remembers where the rest begins. The newest entry always stays. */
export function auditChore(database: Database, { days, count }: AuditRetention): Chore {
  const { read, writer, vault } = database;
  const { anchor } = auditMarks(vault);

  /** The last entry that may go, as far as one transaction gets. */
  async function lastToGo(): Promise<bigint | undefined> {
    const newest = await read.auditEntry.findFirst({ orderBy: { position: "desc" } });
    if (newest === null) return undefined;
    const before = new Date(steadyNow() - days * DAY_MS);
    const beyond = newest.position - BigInt(count);
    const oldest = await read.auditEntry.findMany({
      where: { position: { lt: newest.position } },
      orderBy: { position: "asc" },
      select: { position: true, at: true },
      take: BATCH,
    });
    const goes = ({ position, at }: (typeof oldest)[number]) => position <= beyond || at < before;
    const staying = oldest.findIndex((entry) => !goes(entry));
    return oldest.slice(0, staying === -1 ? undefined : staying).at(-1)?.position;
  }

  return {
    name: "old audit entries",
    async run(signal) {
      while (!signal.aborted) {
        const position = await lastToGo();
        if (position === undefined) return;
        await writer.write(async (tx) => {
          const row = await tx.db.auditEntry.findUniqueOrThrow({ where: { position } });
          await anchor.write(tx, { position: Number(position), hash: row.hash });
          await tx.db.auditEntry.deleteMany({ where: { position: { lte: position } } });
        });
      }
    },
  };
}
