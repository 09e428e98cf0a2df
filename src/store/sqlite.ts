import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  Transaction,
} from "@prisma/driver-adapter-utils";

/** Instants are integers (milliseconds): hot statements bind them without building strings. */
const OPTIONS = { timestampFormat: "unixepoch-ms" } as const;

/** How long a statement waits for another process's lock, in milliseconds. Only backups and tools can hold one. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * better-sqlite3 is compiled with NORMAL as the default of WAL databases: a commit could be lost
 * with the power. The official adapter sets no pragma at all, so every connection sets its own.
 */
const WRITER_PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
`;

/** The only connection that writes. Transactions are the writer's, one at a time. */
export function sqliteWriter(url: string): SqlDriverAdapterFactory {
  return factory(url, false, async (adapter) => {
    await adapter.executeScript(WRITER_PRAGMAS);
    return { ...delegate(adapter), startTransaction: () => begin(adapter) };
  });
}

/** A second connection that can only read, so that a reader never sees a row that is rolled back later. */
export function sqliteReader(url: string): SqlDriverAdapterFactory {
  return factory(url, true, (adapter) => Promise.resolve(adapter));
}

function factory(
  url: string,
  readonly: boolean,
  prepare: (adapter: SqlDriverAdapter) => Promise<SqlDriverAdapter>,
): SqlDriverAdapterFactory {
  const official = new PrismaBetterSqlite3({ url, readonly, timeout: BUSY_TIMEOUT_MS }, OPTIONS);
  return {
    provider: official.provider,
    adapterName: official.adapterName,
    connect: async () => prepare(await official.connect()),
  };
}

function delegate(adapter: SqlDriverAdapter): SqlDriverAdapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: (query) => adapter.executeRaw(query),
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: (level) => adapter.startTransaction(level),
    getConnectionInfo: () =>
      adapter.getConnectionInfo?.() ?? { supportsRelationJoins: false, maxBindValues: 999 },
    dispose: () => adapter.dispose(),
  };
}

/**
 * A transaction that always ends. Where COMMIT fails (disk full), SQLite may leave the transaction
 * open and every later BEGIN would fail; the official adapter leaves it so.
 */
async function begin(adapter: SqlDriverAdapter): Promise<Transaction> {
  await adapter.executeScript("BEGIN IMMEDIATE");
  let open = true;
  const rollback = async (): Promise<void> => {
    if (!open) return;
    open = false;
    try {
      await adapter.executeScript("ROLLBACK");
    } catch {
      // SQLite rolls back by itself on some errors (full disk, I/O); then there is nothing left to roll back.
    }
  };
  const savepoint = (statement: string) => adapter.executeScript(statement);
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    options: { usePhantomQuery: true },
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: (query) => adapter.executeRaw(query),
    async commit() {
      try {
        await adapter.executeScript("COMMIT");
        open = false;
      } catch (error) {
        await rollback();
        throw error;
      }
    },
    rollback,
    createSavepoint: (name) => savepoint(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name) => savepoint(`ROLLBACK TO ${name}`),
    releaseSavepoint: (name) => savepoint(`RELEASE SAVEPOINT ${name}`),
  };
}
