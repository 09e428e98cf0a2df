/**
 * `npm run migration -- add labels` writes the next migration: the difference between the migrations that
 * stand in prisma/sqlite/migrations and the models. With `--check` it writes nothing and fails when there
 * is a difference.
 */
import { missingMigration, writeMigration } from "./generators/migrations.ts";

const words = process.argv.slice(2);
const check = words.includes("--check");
const name = words
  .filter((word) => !word.startsWith("-"))
  .join("_")
  .toLowerCase()
  .replaceAll(/[^a-z0-9]+/g, "_");

const sql = await missingMigration();
if (sql === undefined) {
  console.log("The migrations and the models agree.");
} else if (check) {
  console.error(`The models have changed and no migration says so:\n\n${sql}`);
  console.error("Write it with `npm run migration -- <name>`.");
  process.exitCode = 1;
} else if (name === "") {
  console.error("A migration needs a name: `npm run migration -- <name>`.");
  process.exitCode = 1;
} else {
  console.log(`Wrote ${writeMigration(name, sql)}. Read it before you commit it.`);
}
