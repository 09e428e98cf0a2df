import type { CodegenConfig } from "@graphql-codegen/cli";

/**
 * Typed documents for the operations behind the REST aliases. Generating them validates each operation
 * against the schema, so an alias that no longer fits fails here and not at run time.
 */
const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: ["src/rest/operations/*.graphql"],
  // Node strips types and resolves nothing: imports carry their extension and say when they are types.
  importExtension: ".ts",
  generates: {
    "src/rest/generated/operations.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { DateTime: "string", Cursor: "string", File: "File" },
        immutableTypes: true,
        skipTypename: true,
      },
    },
  },
};

export default config;
