import { execFileSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Overrides } from "../../src/overrides.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { tempDir } from "./temp-database.ts";

/** A disk that a test can fill to the last byte, and empty again. */
export interface SmallDisk extends AsyncDisposable {
  readonly dataDir: string;
  /** How it is made full: a file system of its own where the machine allows one. */
  readonly means: "tmpfs" | "max_page_count";
  readonly overrides: Overrides;
  fill(): Promise<void>;
  free(): Promise<void>;
}

/** Above the 64 MiB below which a gateway calls its disk almost full. */
const SIZE = "96m";

const MEBIBYTE = new Uint8Array(1024 * 1024);
const PAGE = new Uint8Array(4096);

export function makeSmallDisk(): SmallDisk {
  const dir = tempDir();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", dir.path], {
      stdio: "ignore",
    });
  } catch {
    return limitedPages(dir);
  }
  const ballast = join(dir.path, "ballast");
  return {
    dataDir: join(dir.path, "data"),
    means: "tmpfs",
    overrides: {},
    fill: async () => occupy(ballast),
    free: async () => rmSync(ballast),
    async [Symbol.asyncDispose]() {
      execFileSync("umount", ["--lazy", dir.path]);
      dir[Symbol.dispose]();
    },
  };
}

/** Without the right to mount: SQLite is forbidden to let its file grow, and says what it says on a full disk. */
function limitedPages(dir: Disposable & { readonly path: string }): SmallDisk {
  let database: Database | undefined;
  const limit = async (pages: number) => {
    const pragma = `PRAGMA max_page_count = ${pages}`;
    await database?.writer.write((tx) => tx.db.$queryRawUnsafe(pragma));
  };
  return {
    dataDir: dir.path,
    means: "max_page_count",
    overrides: { openDatabase: async (options) => (database = await openDatabase(options)) },
    // SQLite takes no less than there are.
    fill: () => limit(1),
    free: () => limit(2 ** 31),
    async [Symbol.asyncDispose]() {
      dir[Symbol.dispose]();
    },
  };
}

/** Writes until nothing more fits, page by page at the end. */
function occupy(path: string): void {
  const file = openSync(path, "w");
  for (const piece of [MEBIBYTE, PAGE]) {
    try {
      while (writeSync(file, piece) === piece.length);
    } catch {
      // ENOSPC: no such piece fits any more.
    }
  }
  closeSync(file);
}
