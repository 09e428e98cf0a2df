import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readiness } from "../health/readiness.ts";

/**
 * `/livez`: the process answers. `/readyz`: it can do its work. Both need no key and no particular
 * `Host`, since probes have neither, and say nothing that a stranger could use.
 * @returns whether the request was one of them and is answered.
 */
export async function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  readiness: Readiness,
): Promise<boolean> {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  if (path === "/livez") {
    response.writeHead(200, { "content-type": "text/plain", "cache-control": "no-store" });
    response.end("ok");
    return true;
  }
  if (path !== "/readyz") return false;
  const reasons = await readiness();
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
