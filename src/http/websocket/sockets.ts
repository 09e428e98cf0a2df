import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { handleProtocols } from "graphql-ws";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import { credentialsIn } from "../../access/credentials.ts";
import type { Caller } from "../../access/caller.ts";
import type { Log } from "../../lib/log.ts";
import type { Guard } from "../guard.ts";
import { MAX_FRAME_BYTES, MAX_WEBSOCKETS, PING_EVERY_MS } from "../limits.ts";
import { Refusal, refuseSocket, unauthenticated } from "../refusal.ts";
import { targetOf } from "../target.ts";
import { keepAlive } from "./keep-alive.ts";
import type { OperationParts } from "./operations.ts";
import { createOperations } from "./operations.ts";
import { serveSocket } from "./socket.ts";

/** How long a client may take to answer our goodbye. */
const GOODBYE_MS = 500;

export interface Sockets extends AsyncDisposable {
  /** Takes a request to become a WebSocket, or turns it away. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export interface SocketParts extends OperationParts {
  readonly guard: Guard;
  readonly log: Log;
}

export function createSockets(parts: SocketParts): Sockets {
  const { log } = parts;
  const operations = createOperations(parts);
  const server = new WebSocketServer({
    noServer: true,
    // Costs ten times the memory per socket, and a small message could unfold to any size.
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
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
        const { origin } = targetOf(request);
        const caller = admit(parts, request, server.clients.size);
        server.handleUpgrade(request, socket, head, (webSocket) =>
          serveSocket({ socket: webSocket, origin, caller, running: new Set() }, operations, log),
        );
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

/**
 * The caller, if the headers already say who it is. Browsers cannot set headers here and send their
 * key with `connection_init`.
 * @throws Refusal
 */
function admit(parts: SocketParts, request: IncomingMessage, open: number): Caller | undefined {
  const { access, guard } = parts;
  const target = targetOf(request);
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
  const credentials = credentialsIn(request.headers);
  const caller = access.authenticate(credentials);
  if (!caller && credentials !== undefined) throw unauthenticated(true);
  return caller;
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
