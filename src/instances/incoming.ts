import type { EventDraft, GatewayEvent } from "../domain/event.ts";
import type { Message } from "../domain/message.ts";
import type { IncomingMessage, News } from "../engine/engine.ts";
import type { InstanceRecord } from "./records.ts";
import { storable } from "../domain/text.ts";

/** What a message that came in means: received, written on another device of the account, or unreadable. */
export function entryOf(
  { id: instanceId, epoch }: Pick<InstanceRecord, "id" | "epoch">,
  incoming: IncomingMessage,
): EventDraft {
  const { inbox, raw, whileOffline, ...said } = incoming;
  const { timestamp, fromMe } = said;
  const message: Message = {
    ...storable(said),
    instanceId,
    status: fromMe ? "SERVER_ACK" : null,
    error: null,
  };
  return {
    instanceId,
    event: eventOf(message),
    occurredAt: timestamp,
    whileOffline,
    epoch,
    inbox,
    raw,
  };
}

/** What came in a stanza of its own, and is an event as it is. */
export function entryOfNews(
  { id: instanceId, epoch }: Pick<InstanceRecord, "id" | "epoch">,
  { event, at: occurredAt, whileOffline, stanza }: News,
): EventDraft {
  return { instanceId, event, occurredAt, whileOffline, epoch, stanza };
}

function eventOf(message: Message): GatewayEvent {
  if (message.kind === "UNDECRYPTABLE") return { type: "message.undecryptable", message };
  if (message.fromMe) return { type: "message.sent", message, source: "DEVICE" };
  return { type: "message.received", message };
}
