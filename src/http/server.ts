import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Access } from "../access/access.ts";
import type { Readiness } from "../health/readiness.ts";
import type { Log } from "../lib/log.ts";
import type { OnKeyUse } from "./admission.ts";
import { createAdmission } from "./admission.ts";
import { answer } from "./answer.ts";
import { BodyBudget } from "./body-budget.ts";
import { createDashboard } from "./dashboard.ts";
import { createGraphiql } from "./graphiql.ts";
import { createGuard } from "./guard.ts";

import {
  CLOSE_GRACE_MS,
  HEADERS_TIMEOUT_MS,
  KEEP_ALIVE_MS,
  MAX_BODIES_BYTES,
  MAX_CONNECTIONS,
  MAX_HEADERS,
  MAX_HEADERS_BYTES,
  MAX_STREAMS_PER_KEY,
  TIMEOUT_CHECK_MS,
  UPLOAD_TIMEOUT_MS,
} from "./limits.ts";
import type { Api } from "./pipeline.ts";
import { createPipeline } from "./pipeline.ts";
import { Refusal, refuseSocket } from "./refusal.ts";
import { sessionCookie } from "./session-cookie.ts";
import { Seats } from "./seats.ts";
import { createSockets } from "./websocket/sockets.ts";

export interface HttpServer extends AsyncDisposable {
  /** The address for links on this machine: `http://127.0.0.1:5000`. */
  readonly url: string;
  readonly port: number;
}

export interface ListenOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly host: string;
  readonly api: Api;
  readonly access: Access;
  readonly onKeyUse: OnKeyUse;
  /** How browsers reach the gateway, if the operator has said so. */
  readonly baseUrl?: string | undefined;
  /** Origins as browsers send them. */
  readonly allowedOrigins: readonly string[];
  /** Lower-case names, with a port where only that port is meant. */
  readonly allowedHosts: readonly string[];
  /** How many sockets and streams a key may have open, if not as many as usual. */
  readonly streamsPerKey?: number | undefined;
  /** Asked by `/readyz`; the names stand in its answer. */
  readonly readiness: Readiness;
  /** Answers what is under `/simulator/`; in the demo alone. */
  readonly simulator?: RequestListener | undefined;
  readonly log: Log;
}

/**
 * Opens the door: HTTP, SSE and WebSocket on one port. Disposing ends streams and sockets politely,
 * lets running requests finish for a moment, and then cuts what is left.
 * @throws Error that says what to do when the port is taken or not allowed.
 */
export async function listen(options: ListenOptions): Promise<HttpServer> {
  const { access, allowedOrigins, readiness, log } = options;
  const closing = new AbortController();
  const pipeline = createPipeline(options.api);
  const guard = createGuard({ ...options, keyed: access.keyed });
  const { maskError, openMedia } = options.api;
  const cookie = sessionCookie(options.baseUrl);
  const admission = createAdmission(access, cookie, options.onKeyUse);
  const seats = new Seats(options.streamsPerKey ?? MAX_STREAMS_PER_KEY);
  const sockets = createSockets({ admission, cookie, guard, pipeline, maskError, seats, log });
  const budget = new BodyBudget(MAX_BODIES_BYTES);
  const graphiql = createGraphiql(access.keyed);
  const shared = {
    access,
    admission,
    onKeyUse: options.onKeyUse,
    cookie,
    guard,
    pipeline,
    graphiql,
    dashboard: createDashboard(),
    openMedia,
    budget,
    seats,
    readiness,
    simulator: options.simulator,
    allowedOrigins,
    log,
  };

  const server = openServer();
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    void answer({ ...shared, closing: closing.signal }, request, response);
  };
  server.on("request", onRequest);
  // A sender that waits for our consent before it sends a large body learns here that it is too large.
  server.on("checkContinue", onRequest);
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    sockets.upgrade(request, socket, head);
  });
  await bind(server, options.host, options.port);

  const { port } = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  return {
    url: `http://${linkHost(options.host)}:${port}`,
    port,
    async [Symbol.asyncDispose]() {
      closed ??= close(server, async () => {
        closing.abort();
        await sockets[Symbol.asyncDispose]();
      }).then(() => pipeline.dispose());
      await closed;
    },
  };
}

function openServer(): Server {
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    // The longest a body may take; shorter limits are kept where the body is read.
    requestTimeout: UPLOAD_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADERS_BYTES,
    // Without this, `curl --http2` would be taken for a WebSocket.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
  });
  server.maxHeadersCount = MAX_HEADERS;
  server.maxConnections = MAX_CONNECTIONS;
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else refuseSocket(socket, refusalOf(error));
  });
  return server;
}

/** What Node's parser and clocks complain about. */
function refusalOf({ code }: NodeJS.ErrnoException): Refusal {
  if (code === "HPE_HEADER_OVERFLOW") {
    return new Refusal(431, "HEADERS_TOO_LARGE", `Headers may have ${MAX_HEADERS_BYTES} bytes.`);
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new Refusal(408, "REQUEST_TIMEOUT", "The request was not complete in time.");
  }
  return new Refusal(400, "BAD_INPUT", "This is not a valid HTTP request.");
}

async function bind(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === "EADDRINUSE"
        ? "another program uses it (perhaps a gateway that still runs): stop that, or set PORT"
        : code === "EACCES"
          ? "this user may not open it: set PORT to a number above 1023"
          : "check HOST and PORT";
    throw new Error(`Cannot listen on ${host}:${port}: ${reason}.`, { cause: error });
  }
}

/** An address that listens everywhere is reached by the name of the machine. */
function linkHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

async function close(server: Server, endStreams: () => Promise<void>): Promise<void> {
  const stopped = once(server, "close");
  server.close();
  const cut = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
  await endStreams();
  server.closeIdleConnections();
  await stopped;
  clearTimeout(cut);
}
