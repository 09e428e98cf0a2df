import type { Words } from "../words/words.ts";
import type { ShownEvent } from "./feed.ts";

const numberOf = (jid: string): string => jid.replace(/@.*/, "");

interface Named {
  readonly id: string;
  readonly pn: string | null;
  readonly name?: string | null;
}

const personOf = ({ id, pn, name }: Named): string => name ?? numberOf(pn ?? id);

/** One line that says what happened. */
export function summaryOf(event: ShownEvent, words: Words): string {
  switch (event.__typename) {
    case "MessageReceived":
    case "MessageUndecryptable":
      return `${personOf(event.message.sender)}: ${event.message.text ?? words.kinds[event.message.kind]}`;
    case "MessageSent":
    case "MessageEdited":
      return `→ ${personOf(event.message.chat)}: ${event.message.text ?? words.kinds[event.message.kind]}`;
    case "MessageFailed":
      return event.error.message;
    case "MessageStatusChanged":
      return `${words.messageStatus[event.previous]} → ${words.messageStatus[event.status]}`;
    case "MessageDeleted":
      return personOf(event.deletedBy);
    case "MessageStarred":
      return event.starred ? "★" : "☆";
    case "MessageReaction":
      return `${personOf(event.sender)} ${event.emoji ?? "–"}`;
    case "MessagePinned":
      return `${personOf(event.sender)} · ${event.pinnedUntil ?? "–"}`;
    case "MessageKept":
      return `${personOf(event.sender)} · ${event.isKept ? "✓" : "–"}`;
    case "PollVote":
      return `${personOf(event.voter)}: ${event.options?.join(", ") ?? "–"}`;
    case "EventResponse":
      return `${personOf(event.sender)}: ${event.attendance?.toLowerCase().replace("_", " ") ?? "–"}`;
    case "ChatUpdate":
      return `${personOf(event.chat)}: ${event.unreadCount ?? "–"}`;
    case "LabelUpdate":
      return event.label.name;
    case "LabelAssignment":
      return personOf(event.chat);
    case "ContactUpdate":
      return `${event.previousName} → ${personOf(event.contact)}`;
    case "ConnectionOpen":
      return `+${event.phoneNumber}`;
    case "ConnectionClose":
      return event.explanation;
    case "QrUpdate":
    case "PairingCodeUpdate":
      return words.events.newCode;
    case "GroupUpdate":
      return event.change.subject ?? numberOf(event.group.id);
    case "GroupParticipants":
    case "GroupJoinRequest":
      return event.participants.map(personOf).join(", ");
    case "ChannelUpdate":
      return event.channelChange.name ?? numberOf(event.channel.id);
    case "PresenceUpdate":
      return `${personOf(event.person)} · ${event.presence.toLowerCase()}`;
    case "CallUpdate":
      return `${personOf(event.call.caller)} · ${event.call.status.toLowerCase()}`;
    case "InstanceRestricted":
      return event.restriction?.explanation ?? "";
    case "HistorySync":
      return event.trouble ?? `${event.progress.percent ?? "–"} % · ${event.progress.messages}`;
    case "WebhookDisabled":
      return event.disabledReason;
    case "InstanceCreated":
    case "InstanceDeleted":
      return "";
  }
}
