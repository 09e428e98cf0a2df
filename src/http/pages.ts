import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dashboard } from "./dashboard.ts";
import type { Graphiql } from "./graphiql.ts";

/**
 * What a person sees in a browser. Pages hold no data, so that they need no key: a browser could
 * not send one when it opens them.
 * @returns whether the request was for a page and is answered.
 * @throws Refusal 404, 405, 503
 */
export async function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  graphiql: Graphiql,
  dashboard: Dashboard,
): Promise<boolean> {
  if (await dashboard(request, response, path)) return true;
  const html = request.headers.accept?.includes("text/html") ?? false;
  if (request.method !== "GET" || !html) return false;
  if (path === "/") {
    response.writeHead(302, { location: "/dashboard/", "content-length": "0" }).end();
    return true;
  }
  if (path !== "/graphql") return false;
  await graphiql(request, response);
  return true;
}
