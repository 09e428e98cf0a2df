import { mkdirSync } from "node:fs";
import { PrismaClient } from "./generated/sqlite/client.ts";
import type { Prisma } from "./generated/sqlite/client.ts";
import type { WriteHealth } from "./health.ts";
import { keysFromFile } from "./key-file.ts";
import { lockDataDir } from "./lock.ts";
import { migrate } from "./migrate.ts";
import { sqliteConnections } from "./sqlite.ts";
import type { Vault } from "./vault.ts";
import { createVault } from "./vault.ts";
import { proveVault } from "./vault-proof.ts";
import type { Tx, Writer } from "./writer.ts";
import { GroupWriter } from "./writer.ts";

/** Reads only. Rows that a write returns are read by the write itself. */
export type Reader = Omit<Prisma.TransactionClient, "$executeRaw" | "$executeRawUnsafe">;

/** The one database of a gateway, opened, migrated and asserted. */
export interface Database extends AsyncDisposable {
  readonly read: Reader;
  readonly writer: Writer;
  readonly health: Pick<WriteHealth, "reason" | "whenWritable">;
  readonly vault: Vault;
}

export interface DatabaseOptions {
  readonly dataDir: string;
  /** `file:` URL of the SQLite database. */
  readonly url: string;
  /** 32 bytes; without it the key file of the data directory is used. */
  readonly encryptionKey?: Uint8Array | undefined;
  readonly oldEncryptionKeys?: readonly Uint8Array[] | undefined;
}

/**
 * Opens the database of a data directory, applies what migrations it lacks and checks that it is safe to use.
 * @throws DataDirInUse, VaultError (wrong key), or what the file system says.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { dataDir, url } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  await using stack = new AsyncDisposableStack();
  stack.use(await lockDataDir(dataDir));
  const [key, ...before] = options.encryptionKey ? [options.encryptionKey] : keysFromFile(dataDir);
  const vault = createVault(key, [...before, ...(options.oldEncryptionKeys ?? [])]);

  await migrate(url);
  const client = new PrismaClient({ adapter: sqliteConnections(url) });
  stack.defer(() => client.$disconnect());
  const writer = stack.use(new GroupWriter(client));
  await writer.write(assertDurable);
  await proveVault(client, writer, vault);

  const open = stack.move();
  return {
    read: client,
    writer,
    health: writer.health,
    vault,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** WAL with FULL: an acknowledged commit survives the power going off. Read back, because a setting that is ignored says nothing. */
async function assertDurable({ db }: Tx): Promise<void> {
  const [journal] = await db.$queryRaw<{ journal_mode: string }[]>`PRAGMA journal_mode`;
  const [sync] = await db.$queryRaw<{ synchronous: bigint | number }[]>`PRAGMA synchronous`;
  if (journal?.journal_mode !== "wal" || Number(sync?.synchronous) < 2) {
    throw new Error(
      `SQLite would not keep what it acknowledges (journal_mode=${journal?.journal_mode}, synchronous=${sync?.synchronous}); WAL and FULL are needed`,
    );
  }
}
