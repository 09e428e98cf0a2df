import { CloseCode } from "graphql-ws";
import type { WebSocket } from "ws";
import type { Caller } from "../../domain/caller.ts";
import type { Seats } from "../seats.ts";
import { sayGoodbye } from "./goodbye.ts";

/** RFC 6455's registry: "Try Again Later". Clients of graphql-ws do, with patience. */
const TRY_AGAIN_LATER = 1013;

/**
 * Keeps a socket for as long as its caller may have it.
 * @returns whether they may have it at all; if not, the socket is closed
 */
export function sitDown(socket: WebSocket, caller: Caller, seats: Seats): boolean {
  const { ended } = caller;
  const end = (): void => sayGoodbye(socket, CloseCode.Forbidden, "Forbidden");
  // The key may have been shown a while ago, when the socket was opened.
  if (ended.aborted) {
    end();
    return false;
  }
  const free = seats.take(caller);
  if (free === undefined) {
    socket.close(TRY_AGAIN_LATER, "Too many sockets of this key");
    return false;
  }
  socket.once("close", free);
  ended.addEventListener("abort", end, { once: true });
  socket.once("close", () => ended.removeEventListener("abort", end));
  return true;
}
