import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { handleProtocols } from "graphql-ws";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import { credentialsIn } from "../../access/credentials.ts";
import { newId } from "../../lib/ids.ts";
import type { Log } from "../../lib/log.ts";
import type { Admission } from "../admission.ts";
import type { Guard } from "../guard.ts";
import type { SessionCookie } from "../session-cookie.ts";
import {
  GOODBYE_MS,
  MAX_BUFFERED_CHUNKS,
  MAX_FRAGMENTS,
  MAX_FRAME_BYTES,
  MAX_WEBSOCKETS,
  PING_EVERY_MS,
} from "../limits.ts";
import { Refusal, refuseSocket } from "../refusal.ts";
import { targetOf } from "../target.ts";
import { keepAlive } from "./keep-alive.ts";
import type { OperationParts } from "./operations.ts";
import { createOperations } from "./operations.ts";
import { serveSocket } from "./socket.ts";

export interface Sockets extends AsyncDisposable {
  /** Takes a request to become a WebSocket, or turns it away. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export interface SocketParts extends OperationParts {
  readonly admission: Admission;
  readonly cookie: SessionCookie;
  readonly guard: Guard;
  readonly log: Log;
}

export function createSockets(parts: SocketParts): Sockets {
  const { cookie, log } = parts;
  /** Whether the headers say who it is. Browsers cannot set a key here and send it with `connection_init`. */
  const isShown = ({ headers }: IncomingMessage): boolean =>
    (credentialsIn(headers) ?? cookie.read(headers.cookie)) !== undefined;
  const operations = createOperations(parts);
  const server = new WebSocketServer({
    noServer: true,
    // Costs ten times the memory per socket, and a small message could unfold to any size.
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_BUFFERED_CHUNKS,
    handleProtocols,
  });
  const pings = keepAlive(server.clients, PING_EVERY_MS);
  let closed: Promise<void> | undefined;

  return {
    upgrade(request, socket, head) {
      // A peer that resets now has no other listener, and an unheard error ends the process.
      socket.on("error", () => socket.destroy());
      try {
        if (closed) throw new Refusal(503, "UNAVAILABLE", "The gateway is stopping.");
        const target = targetOf(request);
        expectWelcome(parts, request, target, server.clients.size);
        const knock = { request, target, requestId: newId() };
        const admitted = isShown(request) ? parts.admission.admit(knock) : undefined;
        server.handleUpgrade(request, socket, head, (webSocket) => {
          const connection = {
            socket: webSocket,
            origin: target.origin,
            address: request.socket.remoteAddress ?? null,
            admit: (fields: Readonly<Record<string, unknown>>) =>
              parts.admission.admit(knock, fields),
            admitted,
            refusedInARow: 0,
            running: new Set<AbortController>(),
          };
          serveSocket(connection, operations, log);
        });
      } catch (error) {
        if (error instanceof Refusal) refuseSocket(socket, error);
        else socket.destroy();
      }
    },
    async [Symbol.asyncDispose]() {
      closed ??= goodbye([...server.clients]).then(() => {
        pings[Symbol.dispose]();
        server.close();
      });
      await closed;
    },
  };
}

/** @throws Refusal */
function expectWelcome(
  { guard }: SocketParts,
  request: IncomingMessage,
  target: URL,
  open: number,
): void {
  guard(request, target);
  if (target.pathname !== "/graphql") {
    throw new Refusal(404, "NOT_FOUND", "WebSockets are served at /graphql.");
  }
  if (handleProtocols(request.headers["sec-websocket-protocol"] ?? "") === false) {
    throw new Refusal(400, "BAD_INPUT", "Ask for the subprotocol graphql-transport-ws.");
  }
  if (open >= MAX_WEBSOCKETS) {
    throw new Refusal(503, "UNAVAILABLE", "Too many WebSockets are open.", { "retry-after": "5" });
  }
}

async function goodbye(clients: readonly WebSocket[]): Promise<void> {
  const cut = setTimeout(() => {
    for (const client of clients) client.terminate();
  }, GOODBYE_MS);
  await Promise.all(
    clients.map(async (client) => {
      const closed = once(client, "close");
      client.close(1001, "Going away");
      await closed;
    }),
  );
  clearTimeout(cut);
}
