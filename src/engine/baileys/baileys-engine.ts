import type { Step } from "../../domain/steps.ts";
import type { Log } from "../../lib/log.ts";
import type { Engine } from "../engine.ts";
import { readAuthFolder } from "./auth-folder.ts";
import { type EngineConnection, openConnection } from "./connection.ts";
import { ExpiringCache } from "./expiring-cache.ts";
import { downloadMedia, expectAttachment } from "./media/download.ts";
import { mediaNetwork } from "./media/network.ts";
import type { ReachHost } from "./proxy/route.ts";
import { DEFAULT_TIMEOUTS, type Settings, type Timeouts } from "./settings.ts";
import { clientVersion, socketUrl, WHATSAPP_URL } from "./socket-url.ts";

export interface EngineOptions {
  readonly log: Log;
  /** The socket to connect to: `wss://`, or `ws://` to this machine. WhatsApp's own when left out. */
  readonly url?: string | undefined;
  /** The client version to claim, `2.3000.x`; Baileys' own when left out. */
  readonly version?: string | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly step?: Step | undefined;
  /** Resolves and judges the host of a proxy; none may be reached when left out. */
  readonly reachProxy?: ReachHost | undefined;
}

/** Messages asked for again, over all accounts; after an hour WhatsApp does not send them any more. */
const RETRIES_LIMIT = 10_000;
const RETRIES_TTL_MS = 60 * 60_000;

function noProxy(): Promise<never> {
  return Promise.reject(new Error("no proxies are used here"));
}

/**
 * The engine that speaks WhatsApp through Baileys. Nothing is connected or fetched yet.
 * @throws GatewayError BAD_INPUT when the address or the version is none.
 */
export function createBaileysEngine(options: EngineOptions): Engine {
  const url = socketUrl(options.url ?? WHATSAPP_URL);
  const { reachProxy = noProxy } = options;
  const settings: Settings = {
    reachProxy,
    url,
    version: options.version === undefined ? undefined : clientVersion(options.version),
    network: mediaNetwork(url, reachProxy),
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    log: options.log,
    step: options.step,
    retries: new ExpiringCache(RETRIES_LIMIT, RETRIES_TTL_MS),
  };
  const connections = new Set<EngineConnection>();
  let disposed = false;

  return {
    open(request) {
      const connection = openConnection(
        {
          ...request,
          report(fact) {
            if (fact.kind === "close") connections.delete(connection);
            return request.report(fact);
          },
        },
        settings,
      );
      connections.add(connection);
      if (disposed) void connection.end("GATEWAY_STOPPED");
      return connection;
    },
    download: (raw, signal, proxy) => downloadMedia(raw, settings.network, signal, proxy),
    readAuthFolder: async (files) => readAuthFolder(files),
    expectAttachment: (raw, signal, proxy) =>
      expectAttachment(raw, settings.network, signal, proxy),
    async [Symbol.asyncDispose]() {
      disposed = true;
      await Promise.all([...connections].map((connection) => connection.end("GATEWAY_STOPPED")));
    },
  };
}
