import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { tempDir } from "../../test/support/temp-database.ts";
import { openDiskStore } from "./disk.ts";

const never = new AbortController().signal;
const name = { folder: "shop", id: "01J0000000000000000000000A" };
const factsOf = (bytes: Buffer) => ({
  size: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("base64"),
});

async function* inPieces(bytes: Buffer, size = 10_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("a file is put, got and removed, and is for this user alone", async () => {
  using dir = tempDir();
  await using store = await openDiskStore(dir.path, 0);
  const bytes = randomBytes(200_000);
  await store.put(name, inPieces(bytes), factsOf(bytes), never);
  expect(await buffer(store.get(name, never))).toEqual(bytes);
  const path = join(dir.path, "shop", name.id);
  expect([statSync(path).mode & 0o777, statSync(join(dir.path, "shop")).mode & 0o777]).toEqual([
    0o600, 0o700,
  ]);
  await store.remove(name, never);
  await store.remove(name, never);
  expect(existsSync(path)).toBe(false);
  await expect(buffer(store.get(name, never))).rejects.toMatchObject({ code: "MISSING" });
});

test("what breaks off leaves nothing, and what an earlier process left is cleared away", async () => {
  using dir = tempDir();
  mkdirSync(join(dir.path, ".unfinished"));
  writeFileSync(join(dir.path, ".unfinished", "old"), "half of a file");
  await using store = await openDiskStore(dir.path, 0);
  expect(readdirSync(join(dir.path, ".unfinished"))).toEqual([]);
  const bytes = randomBytes(200_000);
  const broken = new Error("the source broke off");
  async function* half() {
    yield bytes.subarray(0, 100_000);
    throw broken;
  }
  await expect(store.put(name, half(), factsOf(bytes), never)).rejects.toBe(broken);
  const cut = new AbortController();
  async function* endless() {
    yield bytes;
    cut.abort(new Error("over"));
    yield bytes;
  }
  await expect(store.put(name, endless(), factsOf(bytes), cut.signal)).rejects.toThrow("aborted");
  expect(readdirSync(dir.path, { recursive: true })).toEqual([".unfinished"]);
});

test("space is left to the database, also by those that are written at the same time", async () => {
  using dir = tempDir();
  const { bavail, bsize } = await import("node:fs").then((fs) => fs.statfsSync(dir.path));
  // Other work on this disk moves by less than this between two looks.
  const room = 512 * 1024 * 1024;
  await using store = await openDiskStore(dir.path, bavail * bsize - room);
  const bytes = randomBytes(10);
  const large = { ...factsOf(bytes), size: (room / 4) * 3 };
  const gate = Promise.withResolvers<void>();
  async function* slow() {
    await gate.promise;
    yield bytes;
  }
  const first = store.put(name, slow(), large, never);
  const second = store.put({ ...name, id: "B" }, inPieces(bytes), large, never);
  await expect(second).rejects.toMatchObject({
    code: "FAILED",
    message: "the disk is almost full",
  });
  gate.resolve();
  await first;
  await store.put({ ...name, id: "B" }, inPieces(bytes), large, never);
});

/** A disk of 1 MiB; nothing where this machine does not let us have one. */
function smallDisk(path: string): Disposable | undefined {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  return { [Symbol.dispose]: () => void execFileSync("umount", ["--lazy", path]) };
}

test("a disk that is full says so, and keeps nothing of the file", async ({ skip }) => {
  using dir = tempDir();
  using disk = smallDisk(dir.path);
  if (disk === undefined) skip("no right to mount");
  await using store = await openDiskStore(dir.path, 0);
  const bytes = randomBytes(2_000_000);
  // It is believed to be small, as others may have filled the disk meanwhile.
  const facts = { ...factsOf(bytes), size: 10 };
  await expect(store.put(name, inPieces(bytes), facts, never)).rejects.toMatchObject({
    code: "FAILED",
    message: "a file cannot be written (ENOSPC)",
  });
  expect(readdirSync(dir.path, { recursive: true })).toEqual([".unfinished"]);
  await store.put(name, inPieces(bytes.subarray(0, 10)), facts, never);
  expect(await buffer(store.get(name, never))).toHaveLength(10);
});
