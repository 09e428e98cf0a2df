import { normalizeMessageContent, proto } from "@whiskeysockets/baileys";
import type { AccountState } from "../accounts/account-state.ts";
import { accountJid, canonical } from "../protocol/jid.ts";
import { askedOf } from "./asked.ts";
import type { Description } from "./description.ts";
import type { Envelope } from "./envelope.ts";
import { decodeVote, open, type Seal, type Sealed } from "./sealing.ts";

/** Reads an answer as the phone does: with the names of the addressing in which it came, and no others. */
export function describeAnswer(
  account: AccountState,
  { sender, addressing }: Envelope,
  message: proto.IMessage,
): Description | undefined {
  const content = normalizeMessageContent(message);
  const vote = content?.pollUpdateMessage;
  const response = content?.encEventResponseMessage;
  const key = vote?.pollCreationMessageKey ?? response?.eventCreationMessageKey;
  const sealed = vote ? vote.vote : response;
  if (!key?.id || !sealed?.encPayload || !sealed.encIv) return undefined;
  const type = vote ? "vote" : "response";
  const unread: Description = { type, targetId: key.id };
  const asked = askedOf(account, key.id);
  if (asked === undefined) return unread;
  const author = key.fromMe ? sender.phone : canonical(key.participant ?? account.jid("pn"));
  const by: Seal = {
    use: vote ? "Poll Vote" : "Event Response",
    secret: asked.secret,
    id: key.id,
    creator: accountJid(author, addressing),
    sender: accountJid(sender.phone, addressing),
  };
  const plain = opened(sealed as Sealed, by);
  if (plain === undefined) return unread;
  if (vote) return { ...unread, options: decodeVote(plain, asked.options) };
  const said = proto.Message.EventResponseMessage.decode(plain);
  const { response: attendance, extraGuestCount } = said;
  const { EventResponseType } = proto.Message.EventResponseMessage;
  return {
    ...unread,
    text: EventResponseType[attendance ?? 0] ?? "",
    guests: extraGuestCount ?? 0,
  };
}

function opened(sealed: Sealed, by: Seal): Uint8Array | undefined {
  try {
    return open(sealed, by);
  } catch {
    return undefined;
  }
}
