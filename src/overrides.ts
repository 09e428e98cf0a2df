import type { RequestListener } from "node:http";
import type { Step } from "./domain/steps.ts";
import type { EngineOptions } from "./engine/baileys/baileys-engine.ts";
import type { AckPatience } from "./messages/flight.ts";
import type { OutboundOptions } from "./outbound/outbound.ts";
import type { openDatabase } from "./store/database.ts";

/** What a test may replace (names on the network, and how long things take) and watch. */
export interface Overrides {
  /** Opens the database in place of the usual way, so that a test can keep it and get in its way. */
  readonly openDatabase?: typeof openDatabase;
  /** The control API of the simulated WhatsApp behind this gateway, which the demo serves under `/simulator`. */
  readonly simulator?: RequestListener;
  readonly resolve?: OutboundOptions["resolve"];
  readonly engineTimeouts?: EngineOptions["timeouts"];
  readonly ackPatience?: AckPatience;
  readonly webhookRetryDelays?: readonly number[];
  /** How often chores such as retention are done, in milliseconds. */
  readonly choresEveryMs?: number;
  /** What copies of attachments leave on the disk, in bytes. */
  readonly spareBytes?: number;
  /** Told of the moments at which a fault campaign ends the process. */
  readonly step?: Step;
}
