import { expect, test } from "vitest";
import { tempDatabase } from "../../test/support/temp-database.ts";
import type { Writer } from "./writer.ts";

const limitPages = (writer: Writer, pages: number) =>
  writer.write(({ db }) => db.$queryRawUnsafe(`PRAGMA max_page_count = ${pages}`));

const writeBytes = (writer: Writer, name: string, size: number) =>
  writer.write(({ db }) => db.meta.create({ data: { name, value: new Uint8Array(size) } }));

test("a small write that finds a place does not make a full disk well, space does", async () => {
  await using database = await tempDatabase();
  const { writer, health, read } = database;
  await limitPages(writer, 1);
  await expect(writeBytes(writer, "message", 1_000_000)).rejects.toMatchObject({
    code: "STORE_FAILED",
  });
  expect(health.reason).toContain("full");
  await writeBytes(writer, "small", 1);
  expect(health.reason).toContain("full");
  expect(await read.meta.count({ where: { name: "small" } })).toBe(1);

  const writable = health.whenWritable(AbortSignal.timeout(5_000));
  await limitPages(writer, 2 ** 31);
  await writable;
  expect(health.reason).toBeUndefined();
  await writeBytes(writer, "message", 1_000_000);
  await expect.poll(() => read.meta.count({ where: { name: { contains: "probe" } } })).toBe(0);
});
