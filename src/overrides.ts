import type { Step } from "./domain/steps.ts";
import type { EngineOptions } from "./engine/baileys/baileys-engine.ts";
import type { OutboundOptions } from "./outbound/outbound.ts";

/** What a test may replace (names on the network, and how long things take) and watch. */
export interface Overrides {
  readonly resolve?: OutboundOptions["resolve"];
  readonly engineTimeouts?: EngineOptions["timeouts"];
  readonly webhookRetryDelays?: readonly number[];
  /** How often chores such as retention are done, in milliseconds. */
  readonly choresEveryMs?: number;
  /** Told of the moments at which a fault campaign ends the process. */
  readonly step?: Step;
}
