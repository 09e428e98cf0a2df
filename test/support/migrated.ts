import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../src/store/migrate.ts";

let template: Promise<Buffer> | undefined;

/**
 * Puts a database that has all migrations and nothing else into a new data directory. Prisma's engine takes
 * as long for it as all the rest of a gateway's start, so it does it once for all tests of a process; the
 * tests that start a process begin without.
 */
export async function putMigrated(dataDir: string): Promise<void> {
  template ??= migrated();
  writeFileSync(join(dataDir, "wagraph.db"), await template, { mode: 0o600 });
}

async function migrated(): Promise<Buffer> {
  const dir = mkdtempSync(join(tmpdir(), "wagraph-"));
  try {
    const file = join(dir, "wagraph.db");
    await migrate(`file:${file}`);
    return readFileSync(file);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
