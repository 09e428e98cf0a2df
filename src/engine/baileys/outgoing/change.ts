import { isGroup } from "../../../domain/address.ts";
import type { ChangeTarget, OutgoingChange, Sealed } from "../../../domain/outgoing.ts";
import { type BinaryNode, proto } from "../library.ts";

const { Type } = proto.Message.ProtocolMessage;
const { PIN_FOR_ALL, UNPIN_FOR_ALL } = proto.Message.PinInChatMessage.Type;
const { KEEP_FOR_ALL, UNDO_KEEP_FOR_ALL } = proto.KeepType;

/** What is said openly, to those who can decrypt at all. */
type PlainChange = Exclude<OutgoingChange, Sealed>;

/** What is done to a message, as a message of its own. */
export function changeMessage(change: PlainChange): proto.IMessage {
  const key = keyOf(change.target);
  switch (change.kind) {
    case "EDIT": {
      const { text } = change;
      const editedMessage = { extendedTextMessage: { text } };
      const type = Type.MESSAGE_EDIT;
      return { protocolMessage: { key, type, editedMessage, timestampMs: Date.now() } };
    }
    case "DELETION":
      return { protocolMessage: { key, type: Type.REVOKE } };
    case "REACTION": {
      const text = change.emoji ?? "";
      return { reactionMessage: { key, text, senderTimestampMs: Date.now() } };
    }
    case "PIN":
      return pinMessage(key, change.seconds);
    case "KEEP": {
      const keepType = change.isKept ? KEEP_FOR_ALL : UNDO_KEEP_FOR_ALL;
      return { keepInChatMessage: { key, keepType, timestampMs: Date.now() } };
    }
  }
}

function pinMessage(key: proto.IMessageKey, seconds: number | null): proto.IMessage {
  const type = seconds === null ? UNPIN_FOR_ALL : PIN_FOR_ALL;
  return {
    pinInChatMessage: { key, type, senderTimestampMs: Date.now() },
    messageContextInfo: { messageAddOnDurationInSecs: seconds ?? 0 },
  };
}

function keyOf({ id, chat: remoteJid, fromMe, participant }: ChangeTarget): proto.IMessageKey {
  return { id, remoteJid, fromMe, ...(participant && { participant }) };
}

/** What WhatsApp's server has to be told beside a message, since it cannot look into it. */
export interface Markings {
  readonly additionalAttributes: Readonly<Record<string, string>>;
  readonly additionalNodes: BinaryNode[];
}

/** Without these marks phones ignore edits and deletions, and the server refuses polls of some groups. Pure. */
export function markingsOf(message: proto.IMessage): Markings {
  const { protocolMessage: control, pollCreationMessage, pollCreationMessageV3 } = message;
  if (pollCreationMessage ?? pollCreationMessageV3) {
    return { additionalAttributes: {}, additionalNodes: [meta("polltype", "creation")] };
  }
  if (message.pollUpdateMessage) {
    return { additionalAttributes: {}, additionalNodes: [meta("polltype", "vote")] };
  }
  if (message.eventMessage) {
    return { additionalAttributes: {}, additionalNodes: [meta("event_type", "creation")] };
  }
  if (message.encEventResponseMessage) {
    // Baileys would call it a text.
    const type = "event";
    return { additionalAttributes: { type }, additionalNodes: [meta("event_type", "response")] };
  }
  const edit = control ? editOf(control) : addOnOf(message);
  return { additionalAttributes: edit === undefined ? {} : { edit }, additionalNodes: [] };
}

/** Of an edit, of what the author deletes, of what an admin deletes. */
function editOf({ type, key }: proto.Message.IProtocolMessage): string | undefined {
  if (type === Type.MESSAGE_EDIT) return "1";
  if (type !== Type.REVOKE) return undefined;
  return isGroup(key?.remoteJid ?? "") && !key?.fromMe ? "8" : "7";
}

/** Of a pin, and of what is not to be kept any more by who wrote it. */
function addOnOf({ pinInChatMessage, keepInChatMessage }: proto.IMessage): string | undefined {
  if (pinInChatMessage) return "2";
  const isUndone = keepInChatMessage?.keepType === UNDO_KEEP_FOR_ALL;
  return isUndone && keepInChatMessage.key?.fromMe ? "7" : undefined;
}

const meta = (name: string, value: string): BinaryNode => ({
  tag: "meta",
  attrs: { [name]: value },
});
