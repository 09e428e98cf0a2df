import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { EXAMPLES } from "./graphiql-examples.ts";

/** Whatever the page may try, the browser loads nothing for it from anywhere else, and nobody frames it. */
const POLICY =
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; " +
  "connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Lets in whoever is signed in at the dashboard: their cookie counts only together with this. */
const HEADERS = JSON.stringify({ "GraphQL-Require-Preflight": "1" });

/** Sends GraphiQL. */
export type Graphiql = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** GraphiQL, all of it from this gateway. It holds no data and no key. */
export function createGraphiql(keyed: boolean): Graphiql {
  let page: Promise<Buffer> | undefined;
  return async (request, response) => {
    page ??= renderPage(keyed);
    const packed = await page;
    const zipped = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    const body = zipped ? packed : await promisify(gunzip)(packed);
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-length": body.length,
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      vary: "Accept, Accept-Encoding",
      "cache-control": "no-cache",
      ...(zipped && { "content-encoding": "gzip" }),
    });
    response.end(body);
  };
}

/** Loaded when first asked for, and kept packed: 9 MB that most gateways never show. */
async function renderPage(keyed: boolean): Promise<Buffer> {
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  const html = renderGraphiQL({
    title: "wagraph",
    endpoint: "/graphql",
    // The page does not put the headers that its user writes, the key among them, into `connection_init`.
    subscriptionsProtocol: keyed ? "SSE" : "WS",
    // A key must not outlive the page in the browser's storage.
    shouldPersistHeaders: false,
    headers: HEADERS,
    defaultTabs: EXAMPLES.map(({ query, variables = {} }) => {
      return { query, headers: HEADERS, variables: JSON.stringify(variables, null, 2) };
    }),
  });
  return promisify(gzip)(html);
}
