import { proto } from "@whiskeysockets/baileys";
import { accountJid, parsePhone } from "../protocol/jid.ts";
import type { ComposedMessage } from "./content.ts";

/** A message that is there already, and the phone number of who wrote it. */
interface Target {
  readonly id: string;
  readonly from: string;
}

export type ChangeContent =
  /** An empty emoji takes the reaction back. */
  | { readonly reaction: Target & { readonly emoji: string } }
  | { readonly edit: { readonly id: string; readonly text: string } }
  | { readonly deletion: Target };

/** Where a phone writes. */
export interface Place {
  readonly phone: string;
  readonly chatJid: string;
  readonly isGroup: boolean;
}

const { Type } = proto.Message.ProtocolMessage;

export function composeChange(content: ChangeContent, place: Place): ComposedMessage {
  if ("reaction" in content) {
    const { emoji, ...target } = content.reaction;
    const reactionMessage = {
      key: keyOf(target, place),
      text: emoji,
      senderTimestampMs: Date.now(),
    };
    return { message: { reactionMessage }, kind: "reaction" };
  }
  if ("edit" in content) {
    const { id, text } = content.edit;
    const key = keyOf({ id, from: place.phone }, place);
    const protocolMessage = {
      key,
      type: Type.MESSAGE_EDIT,
      editedMessage: { conversation: text },
      timestampMs: Date.now(),
    };
    return {
      message: { editedMessage: { message: { protocolMessage } } },
      kind: "text",
      edit: "1",
    };
  }
  const isOwn = parsePhone(content.deletion.from) === place.phone;
  const protocolMessage = { key: keyOf(content.deletion, place), type: Type.REVOKE };
  // An admin of a group may delete what others have written.
  return { message: { protocolMessage }, kind: "text", edit: isOwn ? "7" : "8" };
}

/** As the phone that writes sees it. */
function keyOf({ id, from }: Target, { phone, chatJid, isGroup }: Place): proto.IMessageKey {
  const author = parsePhone(from);
  const fromMe = author === phone;
  const participant = isGroup && !fromMe ? { participant: accountJid(author, "pn") } : {};
  return { id, remoteJid: chatJid, fromMe, ...participant };
}
