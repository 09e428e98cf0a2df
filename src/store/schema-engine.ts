import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";

/** One file of a Prisma schema; the engine shows `path` in its messages. */
export interface SchemaFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Every table of ours but the virtual one that searches texts: models cannot describe it, nor the tables that SQLite
 * makes for it. A migration makes them all, and to the engine they are somebody else's.
 */
export const everyTable: bindings.SchemaFilter = {
  externalTables: ["", "_config", "_data", "_docsize", "_idx"].map(
    (part) => `MessageSearch${part}`,
  ),
  externalEnums: [],
};

/**
 * Opens the engine behind `prisma migrate`, as WebAssembly: it compares schemas and applies migrations
 * through a driver adapter, so that no native engine has to be downloaded. The caller frees it, and closes
 * what its factory has opened: `free` does not, and after applying migrations the engine's connection
 * still holds the database locked.
 *
 * @throws what the engine says of a schema that it cannot parse
 */
export async function openSchemaEngine({
  schema,
  adapter,
}: {
  readonly schema: readonly SchemaFile[];
  readonly adapter: SqlMigrationAwareDriverAdapterFactory;
}): Promise<bindings.SchemaEngine> {
  loadWebAssembly();
  return bindings.SchemaEngine.new(
    { datamodels: schema.map(({ path, content }) => [path, content]) },
    // Its debug lines. What matters comes back as a result or as an error.
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(withScripts(adapter)),
  );
}

/**
 * Reads the schema of one database, for example `prisma/sqlite`: the folder's own files, and the models
 * that all databases share.
 */
export function readSchema(folder: string): SchemaFile[] {
  return [folder, join(folder, "models")].flatMap((part) =>
    readdirSync(part)
      .filter((name) => name.endsWith(".prisma"))
      .toSorted()
      .map((name) => ({ path: name, content: readFileSync(join(part, name), "utf8") })),
  );
}

/**
 * Reads a migrations folder as the engine wants it: one folder per migration, applied in the order of
 * their names. A folder that does not exist holds none.
 */
export function readMigrations(folder: string, provider: "sqlite"): bindings.MigrationList {
  return {
    baseDir: resolve(folder),
    // Prisma's command line keeps this in a file. The engine insists on it; the folder's place says it.
    lockfile: { path: "migration_lock.toml", content: `provider = "${provider}"` },
    shadowDbInitScript: "",
    migrationDirectories: migrationNames(folder).map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(folder, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

function migrationNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

/**
 * The engine hands a whole migration to `executeRaw`. better-sqlite3 prepares one statement at a time and
 * refuses ("contains more than one statement"), so what has no arguments is run as a script.
 */
function withScripts(
  factory: SqlMigrationAwareDriverAdapterFactory,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => runningScripts(await factory.connect()),
    connectToShadowDb: async () => runningScripts(await factory.connectToShadowDb()),
  };
}

function runningScripts(adapter: SqlDriverAdapter): SqlDriverAdapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: async (query) => {
      if (query.args.length > 0) return adapter.executeRaw(query);
      await adapter.executeScript(query.sql);
      // The engine does not look at the number of rows that a script has changed.
      return 0;
    },
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: (isolationLevel) => adapter.startTransaction(isolationLevel),
    getConnectionInfo: () => adapter.getConnectionInfo?.() ?? { supportsRelationJoins: false },
    dispose: () => adapter.dispose(),
  };
}

/** What is used of it: the type comes only with the DOM's, which do not belong in a server. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, object>>,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
};

let loaded = false;

/**
 * The package's own entry imports the `.wasm` file as a module, which Node allows only behind a flag. The
 * bindings hold one instance for the whole process, so it is made once.
 */
function loadWebAssembly(): void {
  if (loaded) return;
  const file = createRequire(import.meta.url).resolve(
    "@prisma/schema-engine-wasm/schema_engine_bg",
  );
  const wasm = new WebAssembly.Module(readFileSync(file.replace(/\.js$/, ".wasm")));
  const instance = new WebAssembly.Instance(wasm, { "./schema_engine_bg.js": { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start === "function") start();
  loaded = true;
}
