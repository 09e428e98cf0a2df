import type { Caller } from "../access/caller.ts";
import type { EventLog } from "../events/event-log.ts";
import type { Message } from "../domain/message.ts";
import type { Instances } from "../instances/instances.ts";
import type { Log } from "../lib/log.ts";
import type { Messages } from "../messages/messages.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";

/** What a resolver may reach: the rooms below it and who asks. One object per operation. */
export interface Context {
  readonly instances: Instances;
  readonly messages: Messages;
  readonly webhooks: Webhooks;
  readonly events: EventLog;
  /** Links to the attachments of messages, as this caller reaches the gateway. */
  readonly mediaUrls: (messages: readonly Message[]) => Promise<ReadonlyMap<Message, string>>;
  readonly caller: Caller;
  readonly log: Log;
  /** The version of the gateway. */
  readonly version: string;
  /**
   * Aborted when the caller is gone. A stream that waits for the next event is not told by its
   * transport: without this it would be left waiting until there is one.
   */
  readonly signal?: AbortSignal | undefined;
}
