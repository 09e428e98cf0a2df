import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { CERTIFICATE, PRIVATE_KEY } from "./certificate.ts";

/** A real HTTP server on a free loopback port that knows how often it was connected to. */
export interface Receiver extends AsyncDisposable {
  readonly port: number;
  readonly connections: number;
  /** Ends when the next connection is closed, from whichever side. */
  nextClose(): Promise<unknown>;
}

export async function startReceiver(
  listener: RequestListener = (_request, response) => response.end("ok"),
  scheme: "http" | "https" = "http",
): Promise<Receiver> {
  const server =
    scheme === "http"
      ? createServer(listener)
      : createTlsServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, listener);
  let connections = 0;
  const closes = new EventTarget();
  server.on("connection", (socket: Socket) => {
    connections += 1;
    socket.once("close", () => closes.dispatchEvent(new Event("close")));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    nextClose: () => once(closes, "close"),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
