import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";

const SQLITE = fileURLToPath(new URL("../../prisma/sqlite", import.meta.url));
const MIGRATIONS = join(SQLITE, "migrations");

/**
 * Applies the migrations a database lacks, through Prisma's WASM engine. The engine costs a quarter
 * of a second to load, so a database that has them all is recognised by a query.
 * @param folder the migrations, for who wants a database as it once was
 * @throws what the engine says of a migration that failed before, or of a database newer than this version
 */
export async function migrate(url: string, folder: string = MIGRATIONS): Promise<void> {
  const adapter = new PrismaBetterSqlite3({ url });
  const missing = await missingMigrations(adapter, folder);
  if (missing === 0) return;
  const { everyTable, openSchemaEngine, readMigrations, readSchema } =
    await import("./schema-engine.ts");
  const connections = new AsyncDisposableStack();
  const engine = await openSchemaEngine({
    schema: readSchema(SQLITE),
    adapter: closing(adapter, connections),
  });
  try {
    const migrationsList = readMigrations(folder, "sqlite");
    await engine.applyMigrations({ migrationsList, filters: everyTable });
  } finally {
    engine.free();
    await connections.disposeAsync();
  }
}

/** The engine leaves its connections open, and an open one keeps the database from switching to WAL. */
function closing(
  adapter: PrismaBetterSqlite3,
  connections: AsyncDisposableStack,
): SqlMigrationAwareDriverAdapterFactory {
  const keep = async (connecting: Promise<SqlDriverAdapter>) => {
    const connection = await connecting;
    connections.defer(() => connection.dispose());
    return connection;
  };
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connect: () => keep(adapter.connect()),
    connectToShadowDb: () => keep(adapter.connectToShadowDb()),
  };
}

async function missingMigrations(adapter: PrismaBetterSqlite3, folder: string): Promise<number> {
  const names = readdirSync(folder, { withFileTypes: true }).filter((e) => e.isDirectory());
  const connection = await adapter.connect();
  try {
    const applied = await connection.queryRaw({
      sql: `SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL`,
      args: [],
      argTypes: [],
    });
    const known = new Set(applied.rows.map(([name]) => name));
    return names.filter(({ name }) => !known.has(name)).length;
  } catch {
    // A database without the table has none.
    return names.length;
  } finally {
    await connection.dispose();
  }
}
