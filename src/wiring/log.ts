import type { Step } from "../domain/steps.ts";
import { EventLog } from "../events/event-log.ts";
import type { ContactBook } from "../directory/contact-book.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import { chatProjection } from "../directory/chat-projection.ts";
import { inboxProjection } from "../instances/inbox-projection.ts";
import { changeProjection } from "../messages/change/projection.ts";
import { messageProjection } from "../messages/projection.ts";
import type { Database } from "../store/database.ts";
import { deliveryProjection } from "../webhooks/projection.ts";

/** The event log, with what else is written in the transaction of an event: its message, what it does to one, its chat, its inbox row, its deliveries. */
export function openLog(
  database: Database,
  ring: Parameters<typeof deliveryProjection>[0],
  step: Step | undefined,
  contacts: ContactBook,
): Promise<EventLog> {
  return EventLog.open(database, [
    messageProjection,
    inboxProjection(step),
    changeProjection,
    chatProjection(steadyNow, contacts),
    deliveryProjection(ring),
  ]);
}
