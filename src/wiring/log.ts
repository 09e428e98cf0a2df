import type { Config } from "../config.ts";
import type { Step } from "../domain/steps.ts";
import { EventLog } from "../events/event-log.ts";
import type { ContactBook } from "../directory/contact-book.ts";
import type { Bell } from "../lib/bell.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import { chatProjection } from "../directory/chat-projection.ts";
import { inboxProjection } from "../instances/inbox-projection.ts";
import { copyProjection } from "../media/copies/projection.ts";
import { changeProjection } from "../messages/change/projection.ts";
import { messageProjection } from "../messages/projection.ts";
import type { Database } from "../store/database.ts";
import type { WebhookBell } from "../webhooks/bell.ts";
import { deliveryProjection } from "../webhooks/projection.ts";

export interface LogParts {
  readonly database: Database;
  readonly contacts: ContactBook;
  readonly bell: Pick<WebhookBell, "ring">;
  readonly copyBell: Pick<Bell, "ring">;
}

/** The event log, with what else is written in the transaction of an event: its message, what it does to one, its chat, its inbox row, its deliveries, the copy of its attachment. */
export function openLog(
  { mediaStore }: Pick<Config, "mediaStore">,
  { database, contacts, bell, copyBell }: LogParts,
  step: Step | undefined,
): Promise<EventLog> {
  return EventLog.open(database, [
    messageProjection,
    inboxProjection(step),
    changeProjection,
    chatProjection(steadyNow, contacts),
    deliveryProjection(bell.ring),
    ...(mediaStore ? [copyProjection(mediaStore.maxBytes, copyBell.ring)] : []),
  ]);
}
