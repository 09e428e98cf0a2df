import { proto } from "@whiskeysockets/baileys";
import { SimulatorError } from "../errors.ts";
import { accountJid, parsePhone } from "../protocol/jid.ts";
import type { ComposedMessage } from "./content.ts";
import { encodeVote, seal, type Seal } from "./sealing.ts";

/** A message that is there already, and the phone number of who wrote it. */
interface Target {
  readonly id: string;
  readonly from: string;
}

export type ChangeContent =
  /** An empty emoji takes the reaction back. */
  | { readonly reaction: Target & { readonly emoji: string } }
  | { readonly edit: { readonly id: string; readonly text: string } }
  | { readonly deletion: Target }
  /** For so many seconds; none unpin it. */
  | { readonly pin: Target & { readonly seconds: number } }
  | { readonly keep: Target & { readonly undo?: boolean } }
  /** All that is chosen; nothing takes the vote back. */
  | { readonly vote: Target & { readonly options: readonly string[] } }
  | {
      readonly response: Target & {
        readonly attendance: "GOING" | "NOT_GOING" | "MAYBE";
        readonly guests?: number;
      };
    };

/** Where a phone writes. */
export interface Place {
  readonly phone: string;
  readonly chatJid: string;
  readonly isGroup: boolean;
  /** What answers to a poll or event that is there are sealed with. */
  readonly secretOf: (id: string) => Uint8Array | undefined;
}

const { Type } = proto.Message.ProtocolMessage;
const { PIN_FOR_ALL, UNPIN_FOR_ALL } = proto.Message.PinInChatMessage.Type;
const { KEEP_FOR_ALL, UNDO_KEEP_FOR_ALL } = proto.KeepType;

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
  if ("vote" in content) {
    const { options, ...target } = content.vote;
    const vote = seal(encodeVote(options), sealOf("Poll Vote", target, place));
    const pollCreationMessageKey = keyOf(target, place);
    const pollUpdateMessage = { pollCreationMessageKey, vote, senderTimestampMs: Date.now() };
    return { message: { pollUpdateMessage }, kind: "poll" };
  }
  if ("response" in content) {
    const { attendance, guests = 0, ...target } = content.response;
    const { EventResponseMessage } = proto.Message;
    const response = EventResponseMessage.EventResponseType[attendance];
    const said = { response, timestampMs: Date.now(), extraGuestCount: guests };
    const plain = EventResponseMessage.encode(said).finish();
    const sealed = seal(plain, sealOf("Event Response", target, place));
    const eventCreationMessageKey = keyOf(target, place);
    const message = { encEventResponseMessage: { eventCreationMessageKey, ...sealed } };
    return { message, kind: "event" };
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
  if ("pin" in content) {
    const { seconds, ...target } = content.pin;
    const type = seconds > 0 ? PIN_FOR_ALL : UNPIN_FOR_ALL;
    const key = keyOf(target, place);
    const pinInChatMessage = { key, type, senderTimestampMs: Date.now() };
    const messageContextInfo = { messageAddOnDurationInSecs: seconds };
    return { message: { pinInChatMessage, messageContextInfo }, kind: "text", edit: "2" };
  }
  if ("keep" in content) {
    const { undo = false, ...target } = content.keep;
    const key = keyOf(target, place);
    const keepType = undo ? UNDO_KEEP_FOR_ALL : KEEP_FOR_ALL;
    const message = { keepInChatMessage: { key, keepType, timestampMs: Date.now() } };
    return { message, kind: "text", ...(undo && key.fromMe ? { edit: "7" } : {}) };
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

/** @throws {SimulatorError} BAD_REQUEST for what this phone does not have */
function sealOf(use: Seal["use"], { id, from }: Target, place: Place): Seal {
  const { phone, chatJid, secretOf } = place;
  const secret = secretOf(id);
  if (secret === undefined) {
    throw new SimulatorError("BAD_REQUEST", `there is no poll or event ${id}`);
  }
  const names = chatJid.endsWith("@lid") ? "lid" : "pn";
  const creator = accountJid(parsePhone(from), names);
  return { use, secret, id, creator, sender: accountJid(phone, names) };
}
