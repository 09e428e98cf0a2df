import type { IncomingMessage, ServerResponse } from "node:http";

/** Pages of other origins send their key in a header. The cookie is for our own page, so no answer allows credentials. */
const PREFLIGHT = {
  "access-control-allow-methods": "GET, POST, PATCH, DELETE",
  "access-control-allow-headers":
    "authorization, content-type, x-api-key, idempotency-key, last-event-id, graphql-require-preflight",
  "access-control-max-age": "600",
  "content-length": "0",
};

/** What a page may read beside the body. */
const EXPOSED = "Link, Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id";

/**
 * Lets the pages of the listed origins read answers; nobody else gets a CORS header.
 * @returns whether the request was a preflight and is answered.
 */
export function answerCors(
  request: IncomingMessage,
  response: ServerResponse,
  allowedOrigins: readonly string[],
): boolean {
  if (allowedOrigins.length === 0) return false;
  response.setHeader("vary", "Origin");
  const { origin } = request.headers;
  if (origin === undefined || !allowedOrigins.includes(origin)) return false;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", EXPOSED);
  if (request.method !== "OPTIONS") return false;
  response.writeHead(204, PREFLIGHT).end();
  return true;
}
