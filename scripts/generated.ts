/**
 * `npm run generated:check` makes everything that is generated and committed once more, in memory, and
 * fails with a list of what is stale and the command that refreshes it.
 */
import { existsSync, readFileSync } from "node:fs";
import { capabilitiesFile, printedCapabilities } from "./generators/capabilities.ts";
import { missingMigration } from "./generators/migrations.ts";
import { typedDocuments } from "./generators/operations.ts";
import { printedSchema, schemaFile } from "./generators/schema.ts";

if (!process.argv.includes("--check")) {
  throw new Error(
    "Only `--check` is known. Files are written by the command named for each of them.",
  );
}

const stale: string[] = [];

const schema = await printedSchema();
if (!holds(schemaFile, schema)) stale.push("schema.graphql: npm run schema");

if (!holds(capabilitiesFile, await printedCapabilities())) {
  stale.push("docs/capabilities.md: npm run codegen");
}

for (const { path, content } of await typedDocuments(schema)) {
  if (!holds(path, content)) stale.push(`${path}: npm run codegen`);
}

if ((await missingMigration()) !== undefined) {
  stale.push("prisma/sqlite/migrations: npm run migration -- <name>");
}

if (stale.length === 0) {
  console.log("Generated files are fresh.");
} else {
  console.error(`Stale, with the command that refreshes it:\n  ${stale.join("\n  ")}`);
  process.exitCode = 1;
}

function holds(path: string, content: string): boolean {
  return existsSync(path) && readFileSync(path, "utf8") === content;
}
