import { expect, test } from "vitest";
import { tempDatabase } from "../../test/support/temp-database.ts";

const value = () => Buffer.from("x");

test("what arrives in one tick is one transaction", async () => {
  await using database = await tempDatabase();
  const clients = new Set<unknown>();
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      database.writer.write((tx) => {
        clients.add(tx.db);
        return tx.db.meta.create({ data: { name: `n${at}`, value: value() } });
      }),
    ),
  );
  expect(clients.size).toBe(1);
  expect(await database.read.meta.count()).toBe(21);
});

test("a job fails alone: the others of its group are committed, it is rolled back", async () => {
  await using database = await tempDatabase();
  const results = await Promise.allSettled([
    database.writer.write((tx) => tx.db.meta.create({ data: { name: "a", value: value() } })),
    database.writer.write(async (tx) => {
      await tx.db.meta.create({ data: { name: "b", value: value() } });
      throw new Error("no");
    }),
    database.writer.write((tx) => tx.db.meta.create({ data: { name: "c", value: value() } })),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  const names = (await database.read.meta.findMany()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["a", "c"]));
  expect(names).not.toContain("b");
});

test("one bad item of a batch fails alone", async () => {
  await using database = await tempDatabase();
  const sizes: number[] = [];
  const insert = database.writer.batch(async (tx, names: readonly string[]) => {
    sizes.push(names.length);
    for (const name of names) {
      if (name === "bad") throw new Error("bad");
      await tx.db.meta.create({ data: { name, value: value() } });
    }
    return names.map((name) => name.toUpperCase());
  });
  const results = await Promise.allSettled(["a", "bad", "c"].map(insert));
  expect(results).toMatchObject([
    { value: "A" },
    { reason: { code: "STORE_FAILED" } },
    { value: "C" },
  ]);
  expect(sizes).toEqual([3, 1, 1, 1]);
});

test("what follows a commit happens after it and only once, although the job ran twice", async () => {
  await using database = await tempDatabase();
  const told: boolean[] = [];
  let runs = 0;
  await Promise.allSettled([
    database.writer.write(async (tx) => {
      runs += 1;
      await tx.db.meta.create({ data: { name: "told", value: value() } });
      tx.afterCommit(() => {
        void database.read.meta
          .findUnique({ where: { name: "told" } })
          .then((row) => told.push(row !== null));
      });
    }),
    database.writer.write(() => Promise.reject(new Error("no"))),
  ]);
  await expect.poll(() => told).toEqual([true]);
  expect(runs).toBe(2);
});

test("a stopping writer writes what it has and refuses the rest with a code", async () => {
  const database = await tempDatabase();
  const queued = database.writer.write((tx) => tx.db.meta.count());
  await database[Symbol.asyncDispose]();
  await expect(queued).resolves.toBe(1);
  const late = database.writer.write((tx) => tx.db.meta.count());
  await expect(late).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a batch whose group fails before it has run is settled, and nobody joins it afterwards", async () => {
  await using database = await tempDatabase();
  const upper = database.writer.batch((_tx, words: readonly string[]) =>
    Promise.resolve(words.map((word) => word.toUpperCase())),
  );
  const failing = database.writer.write(() => Promise.reject(new Error("no")));
  const beside = upper("beside");
  await expect(failing).rejects.toThrow("could not be written");
  await expect(beside).resolves.toBe("BESIDE");
  await expect(upper("later")).resolves.toBe("LATER");
});
