import { isGroup } from "../../../domain/address.ts";
import type { ChangeTarget, OutgoingChange } from "../../../domain/outgoing.ts";
import { type BinaryNode, proto } from "../library.ts";

const { Type } = proto.Message.ProtocolMessage;

/** What is done to a message, as a message of its own. */
export function changeMessage(change: OutgoingChange): proto.IMessage {
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
  }
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
  if (message.eventMessage) {
    return { additionalAttributes: {}, additionalNodes: [meta("event_type", "creation")] };
  }
  const edit = control ? editOf(control) : undefined;
  return { additionalAttributes: edit === undefined ? {} : { edit }, additionalNodes: [] };
}

/** Of an edit, of what the author deletes, of what an admin deletes. */
function editOf({ type, key }: proto.Message.IProtocolMessage): string | undefined {
  if (type === Type.MESSAGE_EDIT) return "1";
  if (type !== Type.REVOKE) return undefined;
  return isGroup(key?.remoteJid ?? "") && !key?.fromMe ? "8" : "7";
}

const meta = (name: string, value: string): BinaryNode => ({
  tag: "meta",
  attrs: { [name]: value },
});
