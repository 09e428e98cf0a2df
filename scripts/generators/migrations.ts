import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import {
  everyTable,
  openSchemaEngine,
  readMigrations,
  readSchema,
} from "../../src/store/schema-engine.ts";

const schemaFolder = join(import.meta.dirname, "../../prisma/sqlite");
const migrationsFolder = join(schemaFolder, "migrations");

/** The exit code by which the engine says that a difference is not empty. */
const differs = 2;

/**
 * The SQL that leads from the migrations to the models, or undefined when they agree. The migrations are
 * replayed into a database in memory.
 *
 * @throws what the engine says of a schema or a migration that it cannot read
 */
export async function missingMigration(
  schemaPath: string = schemaFolder,
  migrationsPath: string = migrationsFolder,
): Promise<string | undefined> {
  const schema = readSchema(schemaPath);
  using engine = await openSchemaEngine({
    schema,
    adapter: new PrismaBetterSqlite3({ url: ":memory:" }),
  });
  const { exitCode, stdout } = await engine.diff({
    from: { tag: "migrations", ...readMigrations(migrationsPath, "sqlite") },
    to: { tag: "schemaDatamodel", files: [...schema] },
    script: true,
    exitCode: true,
    filters: everyTable,
  });
  return exitCode === differs ? (stdout ?? "") : undefined;
}

/** Writes `sql` as the migration after the last one, and returns its path. */
export function writeMigration(
  name: string,
  sql: string,
  migrationsPath: string = migrationsFolder,
): string {
  const folder = join(migrationsPath, `${nextNumber(migrationsPath)}_${name}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "migration.sql");
  writeFileSync(file, sql);
  return file;
}

/**
 * Four digits and not a time: two branches that both add a migration get the same number, and the conflict
 * is seen when they are joined instead of depending on whose clock was ahead.
 */
function nextNumber(migrationsPath: string): string {
  const last = existsSync(migrationsPath)
    ? readdirSync(migrationsPath)
        .map((name) => Number.parseInt(name, 10))
        .filter((number) => !Number.isNaN(number))
    : [];
  return String(Math.max(0, ...last) + 1).padStart(4, "0");
}
