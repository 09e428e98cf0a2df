import type { Server } from "graphql-ws";
import { CloseCode } from "graphql-ws";
import type { RawData } from "ws";
import type { Log } from "../../lib/log.ts";
import { stopListening } from "./goodbye.ts";
import type { Connection } from "./operations.ts";

/** Joins one socket to the protocol: messages in, frames out, and the end of everything when it closes. */
export function serveSocket(
  connection: Connection,
  operations: Server<Connection>,
  log: Log,
): void {
  const { socket, running } = connection;
  const failed = (error: unknown): void => {
    log.warn("a WebSocket message could not be handled", { err: error });
    socket.close(CloseCode.InternalServerError, "Internal server error");
  };
  // What is wrong with a frame (too large, not UTF-8) ws answers by closing, and would read the rest of it.
  socket.on("error", (error) => {
    log.debug("a WebSocket broke the protocol", { err: error });
    setImmediate(() => stopListening(socket));
  });

  const closed = operations.opened(
    {
      protocol: socket.protocol,
      // Resolves when the frame has left: streams are pulled only as fast as the caller reads.
      send: (data) =>
        new Promise((resolve, reject) => {
          if (socket.readyState !== socket.OPEN) resolve();
          else socket.send(data, (error) => (error ? reject(error) : resolve()));
        }),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) => {
        socket.on("message", (data: RawData) => {
          // What was received in one piece with the message for which we hung up.
          if (socket.readyState !== socket.OPEN) return;
          // ws hands over one Buffer per message unless it is told otherwise.
          handle((data as Buffer).toString()).catch(failed);
        });
      },
    },
    connection,
  );
  socket.once("close", (code, reason) => {
    for (const operation of running) operation.abort();
    running.clear();
    void Promise.resolve(closed(code, String(reason))).catch((error: unknown) =>
      log.warn("a WebSocket did not close cleanly", { err: error }),
    );
  });
}
