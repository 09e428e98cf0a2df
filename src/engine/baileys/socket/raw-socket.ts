import type { WASocket } from "../library.ts";

/** The part of the WebSocket below Baileys that it keeps to itself. */
interface RawSocket {
  readonly readyState: number;
  close(): void;
  terminate(): void;
  once(event: "close", listener: () => void): void;
}

const CLOSED = 3;

/** How long the other side may take to say goodbye: a dead one would take ws's full 30 s. */
const GOODBYE_MS = 500;

function rawSocket(socket: WASocket): RawSocket | null {
  return (socket.ws as unknown as { readonly socket: RawSocket | null }).socket;
}

/** Cuts the connection: nothing that Baileys still writes leaves this machine. */
export function terminate(socket: WASocket): void {
  rawSocket(socket)?.terminate();
}

/**
 * Makes every end quick, whoever asked for it. Baileys reports a close only when the closing
 * handshake is over, which a peer that is gone never finishes.
 */
export function closeQuickly(socket: WASocket): void {
  socket.ws.close = async () => {
    const raw = rawSocket(socket);
    if (raw === null || raw.readyState === CLOSED) return;
    const closed = new Promise<void>((resolve) => raw.once("close", resolve));
    const impatience = setTimeout(() => raw.terminate(), GOODBYE_MS);
    raw.close();
    await closed;
    clearTimeout(impatience);
  };
}
