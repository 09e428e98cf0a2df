import type { Address } from "../domain/address.ts";
import { isLid, isPn } from "../domain/address.ts";
import type { EventDraft, GatewayEvent } from "../domain/event.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { Message } from "../domain/message.ts";
import type { Sighting } from "./contact-sightings.ts";

/** What an event does to a chat. */
export interface ChatNews {
  readonly instanceId: InstanceId;
  readonly chat: Address;
  readonly at: Date;
  /**
   * RECEIVED: one more is unread. WRITTEN: the account wrote there, and so has read what is above. NOTICED: that
   * something is there.
   */
  readonly effect: "RECEIVED" | "WRITTEN" | "NOTICED";
  /** What the group or channel is called now, if that is told. */
  readonly subject: string | null;
  /** People whom the event names. */
  readonly people: readonly Sighting[];
}

/** What an event says about a chat, if anything. Pure. */
export function chatNewsOf({ instanceId, event, occurredAt }: EventDraft): ChatNews | undefined {
  if (event.type === "message.received") {
    return newsOfMessage(instanceId, event.message, "RECEIVED");
  }
  if (event.type === "message.sent") return newsOfMessage(instanceId, event.message, "WRITTEN");
  if (event.type === "message.undecryptable") {
    const effect = event.message.fromMe ? "WRITTEN" : "NOTICED";
    return newsOfMessage(instanceId, event.message, effect);
  }
  const named = namedIn(event);
  return named && { instanceId, at: occurredAt, effect: "NOTICED", people: [], ...named };
}

/** A group or a channel under its new name. */
function namedIn(event: GatewayEvent): Pick<ChatNews, "chat" | "subject"> | undefined {
  if (event.type === "group.update" && event.change.subject !== null) {
    return { chat: event.group, subject: event.change.subject };
  }
  if (event.type === "channel.update" && event.change.name !== null) {
    return { chat: event.channel, subject: event.change.name };
  }
  return undefined;
}

function newsOfMessage(
  instanceId: InstanceId,
  { chat, sender, fromMe, timestamp: at }: Message,
  effect: ChatNews["effect"],
): ChatNews {
  const people: Sighting[] = [];
  if (isPerson(chat) && !(fromMe && chat.id === sender.id)) {
    people.push({ instanceId, person: chat, name: null });
  }
  if (isPerson(sender) && !fromMe) {
    people.push({ instanceId, person: sender, name: sender.name });
  }
  return { instanceId, chat, at, effect, subject: null, people };
}

function isPerson({ id }: Address): boolean {
  return isPn(id) || isLid(id);
}
