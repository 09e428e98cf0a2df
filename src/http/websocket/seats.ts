import { CloseCode } from "graphql-ws";
import type { WebSocket } from "ws";
import type { Caller } from "../../domain/caller.ts";
import { sayGoodbye } from "./goodbye.ts";

/** RFC 6455's registry: "Try Again Later". Clients of graphql-ws do, with patience. */
const TRY_AGAIN_LATER = 1013;

/**
 * Who sits on which socket: so many for each key, so that one does not take the place of all others, and
 * none for a key that is over.
 */
export class Seats {
  readonly #perKey: number;
  readonly #taken = new Map<string, number>();

  constructor(perKey: number) {
    this.#perKey = perKey;
  }

  /** Keeps the socket for as long as the caller may have it. @returns whether it may; if not, the socket is closed */
  take(socket: WebSocket, { keyId, ended }: Caller): boolean {
    // The machine itself and the key of the environment own the gateway: their limit is that of all sockets.
    if (keyId !== null && !this.#count(keyId, socket)) {
      socket.close(TRY_AGAIN_LATER, "Too many sockets of this key");
      return false;
    }
    const end = (): void => sayGoodbye(socket, CloseCode.Forbidden, "Forbidden");
    ended.addEventListener("abort", end, { once: true });
    socket.once("close", () => ended.removeEventListener("abort", end));
    return true;
  }

  #count(keyId: string, socket: WebSocket): boolean {
    const taken = this.#taken.get(keyId) ?? 0;
    if (taken >= this.#perKey) return false;
    this.#taken.set(keyId, taken + 1);
    socket.once("close", () => {
      const left = (this.#taken.get(keyId) ?? 0) - 1;
      if (left > 0) this.#taken.set(keyId, left);
      else this.#taken.delete(keyId);
    });
    return true;
  }
}
