import { statfs } from "node:fs/promises";
import type { Database } from "./database.ts";

/** With less than this left (bytes) the next writes may fail: a checkpoint of the write-ahead log alone takes megabytes. */
const LEAST_SPACE = 64 * 1024 * 1024;

/** Why this gateway should get no traffic, by name; nothing for what is well. */
export function readinessOf(
  { read, health }: Pick<Database, "read" | "health">,
  dataDir: string,
): Readonly<Record<"database" | "disk", () => Promise<string | undefined>>> {
  return {
    async database() {
      await read.$queryRaw`SELECT 1`;
      return health.reason;
    },
    async disk() {
      const { bavail, bsize } = await statfs(dataDir);
      return bavail * bsize < LEAST_SPACE ? "is almost full" : undefined;
    },
  };
}
