import type { Address } from "../domain/address.ts";
import { isLid, isPn } from "../domain/address.ts";
import type { EventDraft } from "../domain/event.ts";
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
  /** What the group is called now, if that is told. */
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
  if (event.type !== "group.update" || event.change.subject === null) return undefined;
  const { subject } = event.change;
  return {
    instanceId,
    chat: event.group,
    at: occurredAt,
    effect: "NOTICED",
    subject,
    people: [],
  };
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
