import { isIP } from "node:net";
import { Agent } from "undici";
import { blocked, judgeAddress } from "./address.ts";
import { createConnector } from "./connector.ts";
import { cappedDownload, type Download } from "./download.ts";
import { CLOSED_MESSAGE, OutboundError } from "./errors.ts";
import { exchange, type Call, type Method } from "./exchange.ts";
import type { PrivateTargets } from "./private-targets.ts";
import { readReply, type Reply } from "./request.ts";
import { resolveHost, shareLookups, type Resolve } from "./resolve.ts";
import { systemResolve } from "./system-resolve.ts";
import { judgeUrl } from "./url.ts";

/**
 * Twice the thousand slow receivers that must not hold up a healthy one, and well under the 4,096
 * file descriptors that the tightest common systems allow a process.
 */
const MAX_SOCKETS = 2_048;

/** An idle connection is given up after this, and after three times this even if the receiver offers more. */
const IDLE_MS = 4_000;

export interface OutboundOptions {
  readonly privateTargets: PrivateTargets;
  /** Instead of the system's resolver. Its answers are judged like any other. */
  readonly resolve?: Resolve | undefined;
  /** Told of refused addresses; what they resolved to stands only here. */
  readonly log?: { warn(fields: object, message: string): void };
  readonly maxSockets?: number;
}

export interface OutboundRequest {
  readonly method: Method;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** From the name's resolution to the last byte that is read; 15,000 if left out. */
  readonly deadlineMs?: number;
  /** How much of the body is returned; 16 KiB if left out. */
  readonly keepBytes?: number;
  /** After how much the receiver is cut off; 64 KiB if left out. */
  readonly readBytes?: number;
  readonly signal?: AbortSignal;
}

export interface OutboundDownload<T> {
  readonly url: string;
  readonly maxBytes: number;
  /** From the name's resolution to the last byte; 60,000 if left out. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Consumes the body. When it settles, whatever is unread is dropped. */
  readonly to: (download: Download) => Promise<T>;
}

/**
 * The HTTP client for every address that a user can name. It resolves a name once, judges every
 * answer, connects to what it judged, follows no redirect, repeats nothing, inflates nothing and
 * checks certificates.
 */
export interface Outbound extends AsyncDisposable {
  /**
   * Sends a request and returns whatever status comes back, redirects included.
   *
   * @throws OutboundError; the reason of `signal` once that is aborted; a TypeError for headers that HTTP does not allow.
   */
  request(request: OutboundRequest): Promise<Reply>;
  /**
   * An address of a host, for a connection that others open: resolved once, and every answer judged.
   *
   * @throws OutboundError `DNS` or `BLOCKED_ADDRESS`.
   */
  addressOf(host: string): Promise<string>;
  /**
   * Judges a host as text: a name is judged when it is resolved.
   *
   * @throws OutboundError `BLOCKED_ADDRESS`.
   */
  judgeHost(host: string): void;
  /**
   * Fetches a body that may be large and hands it to `to` as it arrives. Any status but a redirect is handed over.
   *
   * @returns what `to` returns.
   * @throws as `request` does, and what `to` throws.
   */
  download<T>(download: OutboundDownload<T>): Promise<T>;
}

export function createOutbound(options: OutboundOptions): Outbound {
  const { privateTargets } = options;
  const resolve = shareLookups(options.resolve ?? systemResolve());
  const connector = createConnector({
    targets: privateTargets,
    resolve,
    maxSockets: options.maxSockets ?? MAX_SOCKETS,
    onBlocked: (fields) => options.log?.warn(fields, "refused to connect to a user's address"),
  });
  const agent = new Agent({
    connect: connector.connect,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: 3 * IDLE_MS,
    // The one deadline of the call rules; undici's own clocks tick in whole seconds.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const closing = new AbortController();
  let closed: Promise<void> | undefined;

  async function start(call: Omit<Call, "url">, url: string): ReturnType<typeof exchange> {
    if (closing.signal.aborted) throw new OutboundError("CLOSED", CLOSED_MESSAGE);
    call.signal?.throwIfAborted();
    return exchange(agent, closing.signal, { ...call, url: judgeUrl(url, privateTargets) });
  }

  return {
    async request({ method, url, headers, body, signal, ...limits }) {
      const { deadlineMs = 15_000, keepBytes = 16_384, readBytes = 65_536 } = limits;
      // As bytes, since ofetch adds JSON headers to a string.
      const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
      using answer = await start({ method, headers, body: bytes, deadlineMs, signal }, url);
      return await readReply(answer, keepBytes, readBytes);
    },

    async download({ url, maxBytes, deadlineMs = 60_000, signal, to }) {
      using answer = await start({ method: "GET", deadlineMs, signal }, url);
      return await to(cappedDownload(answer, new URL(url), maxBytes));
    },

    async addressOf(host) {
      const answers = await resolveHost(host, resolve);
      for (const { address } of answers) {
        const verdict = judgeAddress(address, privateTargets, host);
        if (verdict !== "open") throw blocked(host, verdict);
      }
      return answers[0]?.address ?? host;
    },

    judgeHost(host) {
      if (isIP(host) === 0) return;
      const verdict = judgeAddress(host, privateTargets);
      if (verdict !== "open") throw blocked(host, verdict);
    },

    async [Symbol.asyncDispose]() {
      closed ??= (async () => {
        closing.abort();
        connector[Symbol.dispose]();
        await agent.destroy();
      })();
      await closed;
    },
  };
}
