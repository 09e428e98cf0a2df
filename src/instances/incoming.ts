import type { EventDraft, GatewayEvent } from "../domain/event.ts";
import type { MessageId } from "../domain/ids.ts";
import type { Message } from "../domain/message.ts";
import type { IncomingMessage, News } from "../engine/engine.ts";
import type { InstanceRecord } from "./records.ts";
import { storableText } from "../domain/text.ts";

/** What a message that came in means: received, written on another device of the account, or unreadable. */
export function entryOf(
  { id: instanceId, epoch }: Pick<InstanceRecord, "id" | "epoch">,
  incoming: IncomingMessage,
): EventDraft {
  const { inbox, raw, whileOffline, timestamp } = incoming;
  const { id, chat, sender, fromMe, kind, text, quotedId, media } = incoming;
  const message: Message = {
    id,
    instanceId,
    chat,
    sender: { ...sender, name: sender.name && storableText(sender.name) },
    fromMe,
    kind,
    text: text && storableText(text),
    timestamp,
    status: fromMe ? "SERVER_ACK" : null,
    quotedId: quotedId && (storableText(quotedId) as MessageId),
    media: media && { ...media, fileName: media.fileName && storableText(media.fileName) },
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
