import type { CodegenConfig } from "@graphql-codegen/cli";

/** How documents become TypeScript, wherever they are used. */
const output = {
  plugins: ["typescript-operations", "typed-document-node"],
  config: {
    useTypeImports: true,
    enumsAsTypes: true,
    strictScalars: true,
    scalars: { DateTime: "string", Cursor: "string", File: "File" },
    immutableTypes: true,
    skipTypename: true,
  },
};

/**
 * Typed documents for the operations behind the REST aliases, and for those of the dashboard. Generating them
 * validates each operation against the schema, so one that no longer fits fails here and not at run time.
 */
const config: CodegenConfig = {
  schema: "schema.graphql",
  // Node strips types and resolves nothing: imports carry their extension and say when they are types.
  importExtension: ".ts",
  generates: {
    "src/rest/generated/operations.ts": {
      ...output,
      documents: ["src/rest/operations/*.graphql"],
    },
    "dashboard/src/api/generated/operations.ts": {
      ...output,
      documents: ["dashboard/src/api/operations/*.graphql", "src/rest/operations/events.graphql"],
      // Browsers download this: as text, and without what no page asks for.
      config: { ...output.config, documentMode: "string", pureMagicComment: true },
    },
  },
};

export default config;
