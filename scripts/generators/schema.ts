import { join } from "node:path";
import { lexicographicSortSchema, printSchema } from "graphql";

export const schemaFile = join(import.meta.dirname, "../../schema.graphql");

/**
 * The schema as text, sorted, so that moving a type in the code changes nothing in the file. The code is
 * loaded only here: other generators work while it does not compile.
 */
export async function printedSchema(): Promise<string> {
  const { schema } = await import("../../src/graphql/schema.ts");
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
