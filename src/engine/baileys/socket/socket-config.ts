import { baileysLog } from "../baileys-log.ts";
import { ExpiringCache } from "../expiring-cache.ts";
import type {
  AuthenticationCreds,
  CacheStore,
  SignalKeyStore,
  SocketConfig,
  UserFacingSocketConfig,
} from "../library.ts";
import type { ConnectionSettings } from "../../engine.ts";
import type { Route } from "../proxy/route.ts";
import type { Settings } from "../settings.ts";
import { clientVersion } from "../socket-url.ts";

const HOUR_MS = 60 * 60_000;

export interface ConfigParts extends Pick<
  SocketConfig,
  "makeSignalRepository" | "getMessage" | "cachedGroupMetadata"
> {
  readonly instanceId: string;
  readonly shown: ConnectionSettings;
  /** The way through a proxy. */
  readonly route: Route | undefined;
  readonly creds: AuthenticationCreds;
  readonly keys: SignalKeyStore;
  /** Whether a message with this id was just found undecryptable. */
  readonly failedToDecrypt: (id: string) => boolean;
}

export function socketConfig(settings: Settings, parts: ConfigParts): UserFacingSocketConfig {
  const { url, timeouts, log, retries } = settings;
  const { instanceId, shown, route, creds, keys, failedToDecrypt, ...functions } = parts;
  const { fullHistory, browserName, whatsappVersion } = shown;
  const version = whatsappVersion === null ? settings.version : clientVersion(whatsappVersion);
  return {
    ...functions,
    auth: { creds, keys },
    waWebSocketUrl: url,
    ...(route && { agent: route.agent, options: { dispatcher: route.dispatcher } as never }),
    ...(version === undefined ? {} : { version }),
    ...(timeouts.qrMs === undefined ? {} : { qrTimeout: timeouts.qrMs }),
    // The first is the name that the phone shows among its linked devices.
    browser: [browserName ?? "wagraph", "Chrome", "1.0"],
    logger: baileysLog(log),
    keepAliveIntervalMs: timeouts.keepAliveMs,
    defaultQueryTimeoutMs: timeouts.queryMs,
    // What we send is told by the server's ack; Baileys' own event comes late and costs a fifth of a send.
    emitOwnEvents: false,
    // Otherwise the phone stops notifying its owner while the gateway runs.
    markOnlineOnConnect: false,
    syncFullHistory: fullHistory,
    shouldSyncHistoryMessage: () => false,
    // 69 KB per socket for messages that `getMessage` finds anyway.
    enableRecentMessageCache: false,
    // Waited for between two requests for a resend, while every other message of the account waits too.
    retryRequestDelayMs: 10,
    // The store does not fail now and then: when it fails, the connection ends.
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
    generateHighQualityLinkPreview: false,
    msgRetryCounterCache: prefixed(retries, instanceId),
    userDevicesCache: new ExpiringCache(500, 5 * 60_000),
    callOfferCache: new ExpiringCache(20, 5 * 60_000),
    placeholderResendCache: placeholders(failedToDecrypt),
  };
}

/** Message ids are chosen by senders: two accounts may well receive the same one. */
function prefixed(cache: ExpiringCache, instanceId: string): CacheStore {
  const name = (key: string): string => `${instanceId} ${key}`;
  return {
    get: (key) => cache.get(name(key)),
    set: (key, value) => cache.set(name(key), value),
    del: (key) => cache.del(name(key)),
    flushAll: () => {},
  };
}

/**
 * Baileys remembers here which messages it asks the own phone for. For a message it failed to
 * decrypt it waits 2 s before it even asks the sender, and holds up all other messages meanwhile;
 * one that is here already is not asked for, so those are. The sender is asked at once instead.
 */
function placeholders(failedToDecrypt: (id: string) => boolean): CacheStore {
  const cache = new ExpiringCache(500, HOUR_MS);
  return {
    get: (id) => (failedToDecrypt(id) ? (true as never) : cache.get(id)),
    set: (id, value) => cache.set(id, value),
    del: (id) => cache.del(id),
    flushAll: () => cache.flushAll(),
  };
}
