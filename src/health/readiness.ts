import { setTimeout as sleep } from "node:timers/promises";
import { statfs } from "node:fs/promises";
import type { Database } from "../store/database.ts";

/** Says why the gateway should get no traffic, or nothing when all is well. */
type Check = () => Promise<string | undefined>;

/** Probes give up after a second or so; a check that hangs is a reason itself. */
const CHECK_TIMEOUT_MS = 1_000;

/** With less than this left (bytes) the next writes may fail: a checkpoint of the write-ahead log alone takes megabytes. */
const LEAST_SPACE = 64 * 1024 * 1024;

/** Why this gateway should get no traffic at the moment; nothing while all is well. Says nothing that a stranger could use. */
export type Readiness = () => Promise<readonly string[]>;

export function readinessOf(
  { read, health }: Pick<Database, "read" | "health">,
  dataDir: string,
): Readiness {
  async function database() {
    await read.$queryRaw`SELECT 1`;
    return health.reason;
  }
  async function disk() {
    const { bavail, bsize } = await statfs(dataDir);
    return bavail * bsize < LEAST_SPACE ? "is almost full" : undefined;
  }
  return reasonsOf({ database, disk });
}

/** @param checks by the name of what they look at */
export function reasonsOf(checks: Readonly<Record<string, Check>>): Readiness {
  return async () => {
    const reasons = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        const reason = await within(check);
        return reason === undefined ? [] : [`${name} ${reason}`];
      }),
    );
    return reasons.flat();
  };
}

async function within(check: Check): Promise<string | undefined> {
  const done = new AbortController();
  const late = sleep(CHECK_TIMEOUT_MS, "does not answer", { signal: done.signal });
  late.catch(() => {});
  try {
    return await Promise.race([check(), late]);
  } catch {
    // What went wrong is in the log of the room that owns the check; here it would be read by strangers.
    return "failed";
  } finally {
    done.abort();
  }
}
