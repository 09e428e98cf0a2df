import { captureRejectionSymbol, EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import { asError } from "../../../domain/errors.ts";
import type { Log } from "../../../lib/log.ts";
import { makeWASocket, type UserFacingSocketConfig, type WASocket } from "../library.ts";
import { closeQuickly } from "./raw-socket.ts";

export interface Trouble {
  /** A frame that Baileys could not digest. */
  readonly badFrame: (error: Error) => void;
  /** The server answered the WebSocket upgrade with a plain HTTP status. */
  readonly upgradeRefused: (status: number | undefined) => void;
}

/**
 * A Baileys socket whose troubles stay its own. Its listeners are async functions, and one that
 * rejects (one bad frame is enough) would end the process; an emitter that captures rejections
 * hands them over instead, whichever listener it was and whenever it was added. Emitters decide
 * that when they are made, hence the switch around the construction, which is synchronous.
 */
export function openGuardedSocket(
  config: UserFacingSocketConfig,
  trouble: Trouble,
  log: Log,
): WASocket {
  const before = EventEmitter.captureRejections;
  EventEmitter.captureRejections = true;
  let socket: WASocket;
  try {
    socket = makeWASocket(config);
  } finally {
    EventEmitter.captureRejections = before;
  }

  Object.assign(socket.ws, {
    [captureRejectionSymbol](error: unknown) {
      // Answering on a socket that is closing fails too, and its close is about to be told.
      if (socket.ws.isOpen) trouble.badFrame(asError(error));
    },
  });
  // Baileys' own emitter is hidden behind `ev`; what it captures comes as this event.
  const events = socket.ev as unknown as EventEmitter;
  events.on("error", (error: unknown) => {
    log.debug("a listener of Baileys failed", { error: asError(error).message });
  });
  // ws leaves a refused upgrade to whoever listens, and Baileys listens without doing anything.
  socket.ws.on("unexpected-response", (_request: unknown, response: IncomingMessage) => {
    response.resume();
    trouble.upgradeRefused(response.statusCode);
  });
  closeQuickly(socket);
  return socket;
}
