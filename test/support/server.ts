import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

/** Where a test's server stands: a free port of 127.0.0.1, without TLS, if nothing is said. */
export interface Place {
  readonly host?: string;
  readonly port?: number;
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface Server extends AsyncDisposable {
  readonly url: string;
}

/** @throws the system's error when the place is taken or not allowed */
export async function serve(listener: RequestListener, place: Place = {}): Promise<Server> {
  const { host = "127.0.0.1", port = 0, tls } = place;
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  server.listen(port, host);
  await once(server, "listening");
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `${tls ? "https" : "http"}://${host}:${taken}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
