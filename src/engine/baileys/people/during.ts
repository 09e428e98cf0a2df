import type { WASocket } from "../library.ts";

/** Waits for work on the socket, no longer than for an answer of WhatsApp. */
export type During = <T>(work: (socket: WASocket) => Promise<T>) => Promise<T>;
