import type { IncomingMessage, ServerResponse } from "node:http";
import type { Graphiql } from "./graphiql.ts";

/**
 * What a person sees in a browser. Pages hold no data, so that they need no key: a browser could
 * not send one when it opens them.
 * @returns whether the request was for a page and is answered.
 */
export async function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  graphiql: Graphiql,
): Promise<boolean> {
  const html = request.headers.accept?.includes("text/html") ?? false;
  if (request.method !== "GET" || !html) return false;
  if (path === "/") {
    response.writeHead(302, { location: "/graphql", "content-length": "0" }).end();
    return true;
  }
  if (path !== "/graphql") return false;
  await graphiql(request, response);
  return true;
}
