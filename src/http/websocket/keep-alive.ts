import type { WebSocket } from "ws";

/**
 * Pings every socket and cuts those that did not answer the last one: a peer that vanished without
 * a word (a closed laptop, a lost network) would otherwise hold its subscriptions for hours.
 */
export function keepAlive(sockets: ReadonlySet<WebSocket>, everyMs: number): Disposable {
  const silent = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of sockets) {
      if (silent.has(socket)) {
        socket.terminate();
        continue;
      }
      silent.add(socket);
      socket.once("pong", () => silent.delete(socket));
      if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, everyMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
