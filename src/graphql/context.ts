import type { Audit } from "../access/audit.ts";
import type { Keys } from "../access/keys.ts";
import type { Caller } from "../domain/caller.ts";
import type { MediaCopy } from "../domain/media-copy.ts";
import type { Message } from "../domain/message.ts";
import type { EventLog } from "../events/event-log.ts";
import type { ThroughputMeter } from "../events/throughput.ts";
import type { Health } from "../health/health.ts";
import type { Log } from "../lib/log.ts";
import type { Reach } from "./reach/reach.ts";

/** What a resolver may reach: the rooms below it and who asks. One object per operation. */
export interface Context extends Reach {
  readonly events: EventLog;
  readonly throughput: Pick<ThroughputMeter, "of">;
  readonly health: Health;
  readonly keys: Keys;
  readonly audit: Audit;
  /** Links to the attachments of messages, as this caller reaches the gateway. */
  readonly mediaUrls: (messages: readonly Message[]) => Promise<ReadonlyMap<Message, string>>;
  /** The gateway's own copies of their attachments. */
  readonly mediaCopies: (messages: readonly Message[]) => Promise<ReadonlyMap<Message, MediaCopy>>;
  readonly caller: Caller;
  /** Takes one more of what the key may do in a minute. @returns whether it may */
  readonly takeTurn: () => boolean;
  /** The caller's network address. */
  readonly address: string | null;
  /** Stands in the audit trail and in the answer's `X-Request-Id`. */
  readonly requestId: string;
  readonly log: Log;
  /** The version of the gateway. */
  readonly version: string;
  /**
   * Aborted when the caller is gone. A stream that waits for the next event is not told by its
   * transport: without this it would be left waiting until there is one.
   */
  readonly signal?: AbortSignal | undefined;
}
