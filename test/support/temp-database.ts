import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database, DatabaseOptions } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/database.ts";
import { putMigrated } from "./migrated.ts";

export interface TempDatabase extends Database {
  readonly dataDir: string;
}

/** A directory that is gone after the test. */
export function tempDir(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "wagraph-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** The same with an empty database. */
export async function migratedDir(): Promise<Disposable & { readonly path: string }> {
  const dir = tempDir();
  await putMigrated(dir.path);
  return dir;
}

/** A real database in a directory of its own, migrated and locked like a gateway's. */
export async function tempDatabase(options: Partial<DatabaseOptions> = {}): Promise<TempDatabase> {
  const dir = await migratedDir();
  const dataDir = options.dataDir ?? dir.path;
  const database = await openDatabase({
    url: `file:${join(dataDir, "wagraph.db")}`,
    ...options,
    dataDir,
  });
  return {
    ...database,
    dataDir,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      dir[Symbol.dispose]();
    },
  };
}
