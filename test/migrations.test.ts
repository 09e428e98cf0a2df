import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { missingMigration, writeMigration } from "../scripts/generators/migrations.ts";

const datasource = 'datasource db {\n  provider = "sqlite"\n}\n';
const one = "model Thing {\n  id String @id\n  size Int\n  @@index([size])\n}\n";
const two = "model Thing {\n  id String @id\n  size Int\n  label String?\n  @@index([size])\n}\n";

test("a migration is what the models have and the migrations before it have not", async () => {
  const root = await mkdtemp(join(tmpdir(), "wagraph-migrations-"));
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rm(root, { recursive: true, force: true }));
  const schema = join(root, "sqlite");
  const migrations = join(schema, "migrations");
  const models = join(schema, "models", "thing.prisma");
  await mkdir(join(schema, "models"), { recursive: true });
  await writeFile(join(schema, "schema.prisma"), datasource);

  await writeFile(models, one);
  const first = await missingMigration(schema, migrations);
  // Several statements: the replay must run a migration as a script.
  expect(first).toMatch(/CREATE TABLE "Thing"[^]*CREATE INDEX/);
  expect(writeMigration("init", first ?? "", migrations)).toBe(
    join(migrations, "0001_init", "migration.sql"),
  );
  expect(await missingMigration(schema, migrations)).toBeUndefined();

  await writeFile(models, two);
  const second = await missingMigration(schema, migrations);
  expect(second).toContain('ALTER TABLE "Thing" ADD COLUMN "label" TEXT');
  expect(writeMigration("label", second ?? "", migrations)).toContain("0002_label");
  expect(await missingMigration(schema, migrations)).toBeUndefined();

  await writeFile(models, "model Thing {");
  await expect(missingMigration(schema, migrations)).rejects.toThrow(/thing\.prisma/);
});
