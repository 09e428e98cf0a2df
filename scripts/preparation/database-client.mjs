import { join } from "node:path";
import { run } from "./command.mjs";

/**
 * Generates the Prisma client. It is not committed: thousands of lines that follow from the schema and
 * from Prisma's version, and never worth reading in a diff.
 *
 * @param {string} root
 * @returns {import("./steps.mjs").Step}
 */
export function databaseClient(root) {
  return {
    name: "database client",
    message: "wagraph: generating the database client …",
    inputs: [
      "prisma/models",
      "prisma/sqlite/schema.prisma",
      "prisma/sqlite/prisma.config.ts",
      "node_modules/prisma/package.json",
    ],
    outputs: ["src/store/generated/sqlite/client.ts"],
    run: async () => {
      const prisma = join("node_modules", "prisma", "build", "index.js");
      const config = join("prisma", "sqlite", "prisma.config.ts");
      await run(
        join(root, "node_modules", "node", "bin", "node"),
        [prisma, "generate", "--config", config],
        {
          cwd: root,
          env: {
            // `generate` never runs the schema engine, but downloads it unless this names a file that can
            // be executed. Any will do, and no machine needs to reach Prisma's servers.
            PRISMA_SCHEMA_ENGINE_BINARY:
              process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
            CHECKPOINT_DISABLE: "1",
            PRISMA_HIDE_UPDATE_MESSAGE: "1",
          },
        },
      );
    },
  };
}
