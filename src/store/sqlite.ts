import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type {
  ConnectionInfo,
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

/**
 * Pages that a connection keeps (KiB). What is hot is the end of the log and a few small tables; all else is
 * in the operating system's own cache, and would be twice in memory with better-sqlite3's 16 MB each.
 */
const CACHE_PRAGMA = "PRAGMA cache_size = -4096;";

/**
 * Two connections behind one client: transactions, which are the writer's and come one at a time, have
 * the only one that writes; every other statement goes to one that can only read, so that a reader
 * never sees a row that is rolled back later. One client, because each costs a query compiler: a tenth of
 * a second and some megabytes.
 */
export function sqliteConnections(url: string): SqlDriverAdapterFactory {
  const writing = new PrismaBetterSqlite3({ url, timeout: BUSY_TIMEOUT_MS }, OPTIONS);
  const reading = new PrismaBetterSqlite3(
    { url, readonly: true, timeout: BUSY_TIMEOUT_MS },
    OPTIONS,
  );
  const { provider, adapterName } = writing;
  return {
    provider,
    adapterName,
    async connect() {
      await using opened = new AsyncDisposableStack();
      const writer = opened.adopt(await writing.connect(), (each) => each.dispose());
      await writer.executeScript(WRITER_PRAGMAS + CACHE_PRAGMA);
      const reader = opened.adopt(await reading.connect(), (each) => each.dispose());
      await reader.executeScript(CACHE_PRAGMA);
      const connections = opened.move();
      return {
        provider,
        adapterName,
        queryRaw: (query) => reader.queryRaw(query),
        executeRaw: (query) => reader.executeRaw(query),
        executeScript: (script) => reader.executeScript(script),
        startTransaction: () => begin(writer),
        getConnectionInfo: () => writer.getConnectionInfo?.() ?? NO_INFO,
        dispose: () => connections.disposeAsync(),
      };
    },
  };
}

/** What Prisma assumes of SQLite by itself. */
const NO_INFO: ConnectionInfo = { supportsRelationJoins: false, maxBindValues: 999 };

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
