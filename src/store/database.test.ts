import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempDatabase, tempDir } from "../../test/support/temp-database.ts";
import { openDatabase } from "./database.ts";

test("a second gateway on the same data directory is refused with a message that says so", async () => {
  await using first = await tempDatabase();
  const second = openDatabase({ dataDir: first.dataDir, url: `file:${first.dataDir}/wagraph.db` });
  await expect(second).rejects.toThrow(/Another wagraph is running/);
});

test("a commit is on the disk before it is acknowledged: WAL and FULL on the writing connection", async () => {
  await using database = await tempDatabase();
  const [journal, sync] = await database.writer.write(async ({ db }) => [
    await db.$queryRaw`PRAGMA journal_mode`,
    await db.$queryRaw`PRAGMA synchronous`,
  ]);
  expect(journal).toEqual([{ journal_mode: "wal" }]);
  expect(sync).toEqual([{ synchronous: 2n }]);
});

test("the reading connection cannot write", async () => {
  await using database = await tempDatabase();
  const writing = database.read.meta.create({ data: { name: "x", value: Buffer.from("") } });
  await expect(writing).rejects.toThrow(/readonly|read-only/i);
});

test("a database keeps its rows and its log over a restart", async () => {
  using dir = tempDir();
  const options = { dataDir: dir.path, url: `file:${join(dir.path, "wagraph.db")}` };
  {
    await using database = await openDatabase(options);
    await database.writer.write((tx) =>
      tx.db.meta.create({ data: { name: "kept", value: Buffer.from("1") } }),
    );
  }
  await using again = await openDatabase(options);
  expect(await again.read.meta.count()).toBe(2);
});

test("another encryption key is refused at the start", async () => {
  using dir = tempDir();
  const options = { dataDir: dir.path, url: `file:${join(dir.path, "wagraph.db")}` };
  {
    await using _ = await openDatabase({ ...options, encryptionKey: randomBytes(32) });
  }
  const wrong = openDatabase({ ...options, encryptionKey: randomBytes(32) });
  await expect(wrong).rejects.toThrow(/encrypted with another key/);
});

test("the key file is for its user's eyes only, and not in the database", async () => {
  await using database = await tempDatabase();
  const path = join(database.dataDir, "encryption.key");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const key = readFileSync(path, "utf8").trim();
  const bytes = readFileSync(join(database.dataDir, "wagraph.db"));
  expect(bytes.includes(key)).toBe(false);
  expect(bytes.includes(Buffer.from(key, "base64"))).toBe(false);
});
