import type { Socket } from "node:net";
import { callbackify } from "node:util";
import type { buildConnector } from "undici";
import { abortable } from "../lib/abortable.ts";
import { startDeadline } from "../lib/deadline.ts";
import { Semaphore, type Release } from "../lib/semaphore.ts";
import { blocked, judgeAddress } from "./address.ts";
import { CLOSED_MESSAGE, OutboundError } from "./errors.ts";
import type { PrivateTargets } from "./private-targets.ts";
import { resolveHost, type Resolve } from "./resolve.ts";
import { established, startSocket, type SocketTarget } from "./socket.ts";
import { Trace, traceStorage } from "./timings.ts";

/**
 * The most that a connection may take, from the name to the end of the TLS handshake. A connection
 * outlives the call that asked for it (the next one may use it), so it needs a limit of its own.
 */
const CONNECT_LIMIT_MS = 10_000;

export interface Refusal {
  readonly host: string;
  readonly address: string;
  readonly verdict: "closed" | "never";
}

export interface ConnectorOptions {
  readonly targets: PrivateTargets;
  readonly resolve: Resolve;
  /** Sockets that may be open or opening at once; more wait for their turn. */
  readonly maxSockets: number;
  /** Told of every refusal, with the address that the error keeps from the user. */
  readonly onBlocked: (refusal: Refusal) => void;
}

type NodeCallback = (error: Error | null, socket: Socket) => void;

export interface Connector extends Disposable {
  readonly connect: buildConnector.connector;
}

/** The only place where sockets to users' addresses are opened, and so the only guard that cannot be walked around. */
export function createConnector(options: ConnectorOptions): Connector {
  const { targets, resolve } = options;
  const closing = new AbortController();
  const permits = new Semaphore(options.maxSockets);
  const sockets = new Set<Socket>();

  async function open({ hostname, port, protocol }: buildConnector.Options): Promise<Socket> {
    const trace = traceStorage.getStore() ?? new Trace();
    using deadline = startDeadline(CONNECT_LIMIT_MS, [closing.signal]);
    const { signal } = deadline;
    try {
      const startedAt = performance.now();
      trace.phase = "resolving the name";
      const answers = await abortable(resolveHost(hostname, resolve), signal);
      // One bad answer condemns the name: whoever mixes public and private answers is after the private ones.
      for (const { address } of answers) vet(hostname, address);
      const resolvedAt = performance.now();
      trace.dnsMs = resolvedAt - startedAt;

      trace.phase = "connecting";
      const release = await permits.acquire(signal);
      const secure = protocol === "https:";
      const target = { host: hostname, port: Number(port || (secure ? 443 : 80)), secure, answers };
      const socket = track(target, release);
      await established(socket, target, (address) => vet(hostname, address), signal);
      trace.connectMs = performance.now() - resolvedAt;
      trace.phase = "waiting for the answer";
      return socket;
    } catch (error) {
      if (closing.signal.aborted) throw new OutboundError("CLOSED", CLOSED_MESSAGE);
      if (deadline.expired) {
        const message = `not connected within ${CONNECT_LIMIT_MS} ms (${trace.phase})`;
        throw new OutboundError("TIMEOUT", message);
      }
      throw error;
    }
  }

  function track(target: SocketTarget, release: Release): Socket {
    try {
      const socket = startSocket(target);
      sockets.add(socket);
      socket.once("close", () => {
        sockets.delete(socket);
        release();
      });
      return socket;
    } catch (error) {
      release();
      throw error;
    }
  }

  function vet(host: string, address: string): void {
    const verdict = judgeAddress(address, targets, host);
    if (verdict === "open") return;
    options.onBlocked({ host, address, verdict });
    throw blocked(host, verdict);
  }

  // Calls back outside the promise: what the callback throws must not become a rejection.
  const openWithCallback = callbackify(open);

  return {
    connect: (target, callback) => openWithCallback(target, callback as NodeCallback),
    [Symbol.dispose]() {
      closing.abort();
      for (const socket of sockets) socket.destroy();
    },
  };
}
