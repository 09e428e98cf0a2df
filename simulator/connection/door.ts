import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Stats } from "../stats.ts";

/** A frame's length has three bytes, so no honest message is longer. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024 + 3;

export interface Door extends AsyncDisposable {
  readonly port: number;
}

export interface DoorOptions {
  readonly port: number;
  readonly accept: (socket: WebSocket) => void;
  /** The HTTP status with which the next upgrade is refused, if it is. */
  readonly refusal: () => number | undefined;
  readonly control: (request: IncomingMessage, response: ServerResponse) => void;
  readonly stats: Stats;
}

/** One port on loopback for both: WebSocket upgrades on any path, and the control API over HTTP. */
export async function startDoor(options: DoorOptions): Promise<Door> {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
  });
  const server = createServer(options.control);
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that resets here would otherwise end the process.
    socket.on("error", () => socket.destroy());
    const status = options.refusal();
    if (status === undefined) {
      sockets.handleUpgrade(request, socket, head, options.accept);
      return;
    }
    options.stats.add("refusedUpgrades");
    const reason = STATUS_CODES[status] ?? "Refused";
    socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
