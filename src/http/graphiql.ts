import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

const DEFAULT_QUERY = `# wagraph: press the button above, or Ctrl-Enter, to run an operation.
# With an API_KEY set, write {"Authorization": "Bearer <key>"} under Headers below.

# Everything that happens, live:
subscription Events {
  events {
    __typename
    ... on EventDelivery {
      cursor
      event {
        type
        instanceId
        occurredAt
      }
    }
    ... on StreamPosition {
      cursor
    }
  }
}

query Instances {
  instances(first: 20) {
    edges {
      node {
        id
        status
        phoneNumber
      }
    }
  }
}

mutation CreateInstance {
  createInstance(input: { id: "my-instance" }) {
    __typename
    ... on Instance {
      id
      status
    }
    ... on Error {
      code
      message
    }
  }
}
`;

/** Whatever the page may try, the browser loads nothing for it from anywhere else, and nobody frames it. */
const POLICY =
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; " +
  "connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** A page that a person asked for in a browser. It holds no data, so that it is served without a key. */
export function isPage(request: IncomingMessage, path: string): boolean {
  const html = request.headers.accept?.includes("text/html") ?? false;
  return request.method === "GET" && html && (path === "/graphql" || path === "/");
}

let page: Promise<Buffer> | undefined;

/** GraphiQL, all of it from this gateway; at `/` the way to it. */
export async function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  if (path === "/") {
    response.writeHead(302, { location: "/graphql", "content-length": "0" }).end();
    return;
  }
  page ??= renderPage();
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
}

/** Loaded when first asked for, and kept packed: 9 MB that most gateways never show. */
async function renderPage(): Promise<Buffer> {
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  const html = renderGraphiQL({
    title: "wagraph",
    endpoint: "/graphql",
    subscriptionsProtocol: "WS",
    defaultQuery: DEFAULT_QUERY,
  });
  return promisify(gzip)(html);
}
