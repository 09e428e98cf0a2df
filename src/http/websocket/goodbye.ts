import type { WebSocket } from "ws";
import { GOODBYE_MS } from "../limits.ts";

/** Closes a socket. Whoever does not answer the goodbye is not waited for. */
export function sayGoodbye(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
}

/** The same for a peer that is flooding us. */
export function hangUp(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason);
  stopListening(socket);
}

/** Reads nothing more of what a peer sends, its own goodbye included, and leaves it a moment to hear ours. */
export function stopListening(socket: WebSocket): void {
  socket.pause();
  setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
}
