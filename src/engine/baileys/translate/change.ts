import type { Address } from "../../../domain/address.ts";
import type { MessageId } from "../../../domain/ids.ts";
import type { AddressBook } from "../address-book.ts";
import type { Change, IncomingChange, MessageName } from "../../engine.ts";
import { proto } from "../library.ts";
import { contentOf } from "./content.ts";
import { type Envelope, isSelf, type Self } from "./envelope.ts";
import { addressEnvelope } from "./address-envelope.ts";
import { addOnOf } from "./add-on.ts";
import { given } from "./names.ts";
import { openAnswer, type SealedAnswer, sealedIn } from "./sealed.ts";
import { unwrap } from "./wrappers.ts";

/** A change whose content is known, before its people are. */
export interface ChangeLetter {
  readonly envelope: Envelope;
  readonly change: Change | { readonly kind: "SEALED"; readonly answer: SealedAnswer };
  readonly target: {
    readonly id: MessageId;
    readonly sender: readonly string[];
    readonly fromMe: boolean;
  };
}

/** Longer than any emoji with all its joiners; WhatsApp shows one. */
const LONGEST_EMOJI = 64;

const { Type } = proto.Message.ProtocolMessage;

/**
 * Reads what a message does to another one; nothing when it does none of what people see. Whoever edits or
 * deletes names a message of their own, whatever the key claims: only the server can say that an admin acts.
 */
export function changeOf(
  envelope: Envelope,
  message: proto.IMessage,
  me: Self,
): ChangeLetter | undefined {
  const outer = unwrap(message).inner;
  const inner = outer.editedMessage?.message ?? outer;
  const { reactionMessage: reaction, protocolMessage: control } = inner;
  const answer = sealedIn(inner);
  if (answer) {
    const target = authorOf(answer.key, envelope, me);
    return { envelope, target, change: { kind: "SEALED", answer } };
  }
  if (reaction?.key?.id) {
    const emoji = (reaction.text ?? "").slice(0, LONGEST_EMOJI) || null;
    const target = authorOf(reaction.key, envelope, me);
    return { envelope, target, change: { kind: "REACTION", emoji } };
  }
  const addOn = addOnOf(inner);
  if (addOn) {
    const target = authorOf(addOn.key, envelope, me);
    return { envelope, target, change: addOn.change };
  }
  const { key } = control ?? {};
  if (!control || !key?.id) return undefined;
  const { id } = key;
  const own = { id: id as MessageId, sender: envelope.sender, fromMe: envelope.fromMe };
  if (control.type === Type.MESSAGE_EDIT && control.editedMessage) {
    const content = contentOf(control.editedMessage);
    return content && { envelope, target: own, change: { kind: "EDIT", content } };
  }
  if (control.type === Type.REVOKE) {
    const target = envelope.byAdmin ? authorOf(key, envelope, me) : own;
    return { envelope, target, change: { kind: "DELETE" } };
  }
  return undefined;
}

/** Who wrote the message that a key names, as whoever sent the key sees it. */
function authorOf(
  { id, fromMe, participant }: proto.IMessageKey,
  envelope: Envelope,
  me: Self,
): ChangeLetter["target"] {
  const messageId = id as MessageId;
  const mine = { id: messageId, sender: given(me.lid, me.pn), fromMe: true };
  if (fromMe) return { id: messageId, sender: envelope.sender, fromMe: envelope.fromMe };
  if (participant) {
    return isSelf(participant, me) ? mine : { id: messageId, sender: [participant], fromMe: false };
  }
  // Between two people whatever is not the one's is the other's.
  return envelope.fromMe ? { id: messageId, sender: envelope.chat, fromMe: false } : mine;
}

export async function addressChange(
  { envelope, change, target }: ChangeLetter,
  book: AddressBook,
  inbox: string,
  messageOf: (name: MessageName) => Promise<Uint8Array | undefined>,
): Promise<IncomingChange> {
  const { id: _, ...addressed } = await addressEnvelope(envelope, book);
  const sender = await book.complete(target.sender);
  const changed = { ...addressed, target: { ...target, sender }, inbox, stanza: null };
  if (change.kind !== "SEALED") return { ...changed, change };
  const { chat, sender: voter } = addressed;
  const asked = await messageOf({ ...target, sender, chat });
  const names = { id: target.id, authors: namesOf(sender), senders: namesOf(voter) };
  return { ...changed, change: openAnswer(change.answer, asked, names) };
}

const namesOf = ({ pn, lid }: Address) => given(lid, pn);
