import { generate } from "@graphql-codegen/cli";
import config from "../../codegen.ts";

/**
 * The typed documents as `npm run codegen` would write them for this schema.
 *
 * @param schema as text, so that the documents are judged by the code and not by a stale schema.graphql
 * @throws {Error} naming the operation that the schema refuses
 */
export async function typedDocuments(
  schema: string,
): Promise<readonly { readonly path: string; readonly content: string }[]> {
  // The package's own types come out as `any` under nodenext.
  const files = (await generate({ ...config, schema, silent: true }, false)) as readonly {
    readonly filename: string;
    readonly content: string;
  }[];
  return files.map(({ filename, content }) => ({ path: filename, content }));
}
