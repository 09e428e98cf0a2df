import { join } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";

class DataDirInUse extends Error {
  override readonly name = "DataDirInUse";
}

/**
 * Keeps a second process out of a data directory: two gateways on one WhatsApp session corrupt its
 * ratchets. The lock is SQLite's own on a file of ours, held by an open transaction, so that the
 * operating system frees it whatever ends the process, kill -9 included.
 * @throws DataDirInUse
 */
export async function lockDataDir(dataDir: string): Promise<AsyncDisposable> {
  const url = `file:${join(dataDir, "wagraph.lock")}`;
  const connection = await new PrismaBetterSqlite3({ url, timeout: 0 }).connect();
  try {
    await connection.executeScript("BEGIN EXCLUSIVE");
  } catch (cause) {
    await connection.dispose();
    throw new DataDirInUse(
      `Another wagraph is running on ${dataDir}. Stop it, or start this one with another DATA_DIR.`,
      { cause },
    );
  }
  return { [Symbol.asyncDispose]: () => connection.dispose() };
}
