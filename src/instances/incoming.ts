import type { Address } from "../domain/address.ts";
import type { EventDraft, GatewayEvent } from "../domain/event.ts";
import type { Message, Sender } from "../domain/message.ts";
import { identityOf } from "../domain/message.ts";
import { pinnedFor } from "../domain/pin.ts";
import type { Change, IncomingChange, IncomingMessage, News } from "../engine/engine.ts";
import type { InstanceId, MessageId } from "../domain/ids.ts";
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

/** What somebody did to a message that is there already. */
export function entryOfChange(
  { id: instanceId, epoch }: Pick<InstanceRecord, "id" | "epoch">,
  incoming: IncomingChange,
): EventDraft {
  const { inbox, stanza, whileOffline, timestamp: occurredAt, ...rest } = incoming;
  const { chat, sender, fromMe, target, change } = storable(rest);
  const messageId = target.id;
  const identity = identityOf({
    chat,
    sender: target.sender,
    fromMe: target.fromMe,
    id: messageId,
  });
  const event = changeEvent(
    { instanceId, messageId, chat, sender, fromMe, at: occurredAt },
    change,
  );
  return { instanceId, event, occurredAt, whileOffline, epoch, inbox, stanza, target: identity };
}

interface Changed {
  readonly instanceId: InstanceId;
  readonly messageId: MessageId;
  readonly chat: Address;
  readonly sender: Sender;
  readonly fromMe: boolean;
  readonly at: Date;
}

function changeEvent(changed: Changed, change: Change): GatewayEvent {
  const { instanceId, messageId, chat, sender, fromMe, at: timestamp } = changed;
  switch (change.kind) {
    case "EDIT": {
      const who = { id: messageId, instanceId, chat, sender, fromMe, timestamp };
      const status = fromMe ? "SERVER_ACK" : null;
      const message: Message = { ...change.content, ...who, status, error: null };
      return { type: "message.edited", message };
    }
    case "DELETE":
      return { type: "message.deleted", messageId, chat, deletedBy: sender, fromMe };
    case "REACTION":
      return { type: "message.reaction", messageId, chat, sender, fromMe, emoji: change.emoji };
    case "PIN": {
      const pinnedUntil = pinnedFor(change.seconds, timestamp);
      return { type: "message.pinned", messageId, chat, sender, fromMe, pinnedUntil };
    }
    case "KEEP":
      return { type: "message.kept", messageId, chat, sender, fromMe, isKept: change.isKept };
    case "VOTE":
      return { type: "poll.vote", messageId, chat, voter: sender, fromMe, options: change.options };
    case "RESPONSE": {
      const { attendance, extraGuests } = change;
      const said = { messageId, chat, sender, fromMe, attendance, extraGuests };
      return { type: "event.response", ...said };
    }
  }
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
