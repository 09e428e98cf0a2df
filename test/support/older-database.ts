import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "../../src/store/migrate.ts";
import { tempDir } from "./temp-database.ts";

const MIGRATIONS = join(import.meta.dirname, "../../prisma/sqlite/migrations");

/** Makes a database as it was before the migration with this name. */
export async function putOlder(file: string, migration: string): Promise<void> {
  using older = tempDir();
  const names = readdirSync(MIGRATIONS).toSorted();
  const at = names.findIndex((name) => name.endsWith(`_${migration}`));
  if (at < 0) throw new Error(`there is no migration "${migration}"`);
  for (const name of names.slice(0, at)) {
    cpSync(join(MIGRATIONS, name), join(older.path, name), { recursive: true });
  }
  await migrate(`file:${file}`, older.path);
}
