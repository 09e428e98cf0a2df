import type { Step } from "../../domain/steps.ts";
import type { Log } from "../../lib/log.ts";
import type { ExpiringCache } from "./expiring-cache.ts";
import type { ReachHost } from "./proxy/route.ts";
import type { MediaNetwork } from "./media/network.ts";

/** Limits in milliseconds, each with WhatsApp's or our own reason. */
export interface Timeouts {
  /** From the start of an attempt until a QR code or the open connection, whatever it hangs in. */
  readonly connectMs: number;
  /** Silence after which Baileys asks whether the server lives; as WhatsApp's own web client. */
  readonly keepAliveMs: number;
  /** One question to WhatsApp. An unanswered one holds up every send of the account. */
  readonly queryMs: number;
  /** What the account's own phone is asked for: it may have to wake up, and to upload a file first. */
  readonly phoneMs: number;
  /**
   * How soon after one thing that somebody does the next is told of them, in the same chat. Phones say every few
   * seconds that somebody still types, and anybody can have theirs say more: in the log that would push out what
   * matters. A page that shows who types is two seconds late at most.
   */
  readonly presenceGapMs: number;
  /** How long a QR code is shown, when not as long as WhatsApp's own client does. */
  readonly qrMs?: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = {
  connectMs: 60_000,
  keepAliveMs: 30_000,
  queryMs: 20_000,
  phoneMs: 30_000,
  presenceGapMs: 2_000,
};

/** What all connections of one engine share. */
export interface Settings {
  readonly url: URL;
  /** The client version to claim, or Baileys' own. */
  readonly version: [number, number, number] | undefined;
  readonly network: MediaNetwork;
  /** Resolves and judges the host of a proxy. */
  readonly reachProxy: ReachHost;
  readonly timeouts: Timeouts;
  readonly log: Log;
  readonly step: Step | undefined;
  /** How often which message was asked for again, so that a reconnect does not begin to count anew. */
  readonly retries: ExpiringCache;
}
