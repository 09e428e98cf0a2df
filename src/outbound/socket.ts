import { once } from "node:events";
import { connect as connectTcp, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { OutboundError } from "./errors.ts";
import type { Answer } from "./resolve.ts";

/** Where and how to connect. */
export interface SocketTarget {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** The only addresses that are tried; the name is not resolved again. */
  readonly answers: readonly Answer[];
}

/** Begins to connect, trying the answers as RFC 8305 advises. The name stays for SNI and for the certificate's check. */
export function startSocket(target: SocketTarget): Socket {
  const options = {
    host: target.host,
    port: target.port,
    lookup: answeringWith(target.answers),
    autoSelectFamily: true,
    noDelay: true,
    // A kept connection whose peer vanished without a word is noticed by the system.
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
  };
  // Said aloud so that NODE_TLS_REJECT_UNAUTHORIZED=0, often left over from debugging, changes nothing here.
  return target.secure
    ? connectTls({
        ...options,
        ALPNProtocols: ["http/1.1"],
        rejectUnauthorized: true,
        ...sni(target),
      })
    : connectTcp(options);
}

/**
 * Waits until a socket can carry a request.
 *
 * @param vet is called with the peer's address before a byte is sent, and throws if it is not allowed.
 * @throws OutboundError `CONNECT`, `TLS` or `RESET`, the signal's reason, or what `vet` throws.
 */
export async function established(
  socket: Socket,
  target: SocketTarget,
  vet: (remoteAddress: string) => void,
  signal: AbortSignal,
): Promise<void> {
  // Between two awaits nobody would be listening, and an error event that nobody hears ends the process.
  socket.on("error", () => {});
  let reached = false;
  try {
    await once(socket, "connect", { signal });
    reached = true;
    // A peer that hung up already has no address, and nothing can be sent to it.
    if (socket.remoteAddress !== undefined) vet(socket.remoteAddress);
    if (target.secure) await once(socket, "secureConnect", { signal });
  } catch (error) {
    socket.destroy();
    if (signal.aborted) throw signal.reason;
    if (error instanceof OutboundError) throw error;
    throw reached ? tlsFailure(target.host, error) : connectFailure(target.host, error);
  }
}

function answeringWith(answers: readonly Answer[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = answers;
    if (options.all) callback(null, [...answers]);
    else callback(null, first?.address ?? "", first?.family);
  };
}

/** RFC 6066 forbids addresses in SNI; the name must be without its final dot. */
function sni({ host, answers }: SocketTarget): { servername?: string } {
  const literal = answers.length === 1 && answers[0]?.address === host;
  return literal ? {} : { servername: host.replace(/\.$/, "") };
}

function connectFailure(host: string, cause: unknown): OutboundError {
  return new OutboundError("CONNECT", `no connection to "${host}": ${codeOf(cause)}`, { cause });
}

function tlsFailure(host: string, cause: unknown): OutboundError {
  const code = codeOf(cause);
  return code === "ECONNRESET" || code === "EPIPE"
    ? new OutboundError("RESET", `"${host}" closed the connection during the TLS handshake`, {
        cause,
      })
    : new OutboundError("TLS", `the TLS handshake with "${host}" failed: ${code}`, { cause });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
