import type { IncomingHttpHeaders } from "node:http";

/** A page cannot set one of these on a request to another origin without asking first, and we would say no. */
const PREFLIGHTED = ["graphql-require-preflight", "apollo-require-preflight", "x-requested-with"];

/** Whether a request has a header that no page of another origin can send. */
export function isPreflighted(headers: IncomingHttpHeaders): boolean {
  return PREFLIGHTED.some((name) => name in headers);
}

/** What a caller has to add. */
export const PREFLIGHT_HEADER = '"GraphQL-Require-Preflight: 1"';
