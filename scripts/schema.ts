/** `npm run schema` writes schema.graphql from the code. */
import { writeFileSync } from "node:fs";
import { printedSchema, schemaFile } from "./generators/schema.ts";

writeFileSync(schemaFile, await printedSchema());
console.log("Wrote schema.graphql.");
