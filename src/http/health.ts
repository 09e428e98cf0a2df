import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** Says why the gateway should get no traffic, or nothing when all is well. */
export type ReadinessCheck = () => Promise<string | undefined>;

/** Probes give up after a second or so; a check that hangs is a reason itself. */
const CHECK_TIMEOUT_MS = 1_000;

/**
 * `/livez`: the process answers. `/readyz`: it can do its work. Both need no key and no particular
 * `Host`, since probes have neither, and say nothing that a stranger could use.
 * @returns whether the request was one of them and is answered.
 */
export async function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  checks: Readonly<Record<string, ReadinessCheck>>,
): Promise<boolean> {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  if (path === "/livez") {
    response.writeHead(200, { "content-type": "text/plain", "cache-control": "no-store" });
    response.end("ok");
    return true;
  }
  if (path !== "/readyz") return false;
  const reasons = await reasonsNotReady(checks);
  const ready = reasons.length === 0;
  const message = `Not ready: ${reasons.join("; ")}.`;
  response.writeHead(ready ? 200 : 503, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(
    JSON.stringify(ready ? { status: "ready" } : { error: { code: "UNAVAILABLE", message } }),
  );
  return true;
}

async function reasonsNotReady(
  checks: Readonly<Record<string, ReadinessCheck>>,
): Promise<readonly string[]> {
  const reasons = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const reason = await within(check);
      return reason === undefined ? [] : [`${name} ${reason}`];
    }),
  );
  return reasons.flat();
}

async function within(check: ReadinessCheck): Promise<string | undefined> {
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
