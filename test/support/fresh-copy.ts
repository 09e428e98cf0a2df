import { execFile } from "node:child_process";
import { cp, mkdir, readdir, symlink } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { tempDir } from "./temp-database.ts";

const root = join(import.meta.dirname, "../..");

/** What `npm start` remembers of its preparation: a copy must write its own. */
const STAMPS = ".wagraph-prepared";

/** The project as a clone would have it, changes that are not committed yet included. */
export async function freshCopy(): Promise<Disposable & { readonly path: string }> {
  const copy = tempDir();
  const { stdout } = await promisify(execFile)(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: root, maxBuffer: 16 * 1024 * 1024 },
  );
  for (const file of stdout.split("\0")) {
    // Git still lists a file that has just been deleted.
    if (file === "" || !existsSync(join(root, file))) continue;
    await mkdir(dirname(join(copy.path, file)), { recursive: true });
    await cp(join(root, file), join(copy.path, file));
  }
  await linkPackages(join(root, "node_modules"), join(copy.path, "node_modules"));
  return copy;
}

/**
 * To install takes a minute and the network, and `.ci/run` does it. Links to the packages, in a folder of
 * the copy's own, are as good for everything that comes after.
 */
async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const name of await readdir(from)) {
    if (!name.startsWith(STAMPS)) await symlink(join(from, name), join(to, name));
  }
  await cp(join(from, STAMPS), join(to, STAMPS));
}
