import { createCipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { type Address, isGroup } from "../../../domain/address.ts";
import type { OutgoingChange } from "../../../domain/outgoing.ts";
import { proto } from "../library.ts";
import { unwrap } from "../translate/wrappers.ts";

/** Under which names people are known in a chat. */
export interface ChatNames {
  readonly me: Address;
  readonly byLid: boolean;
}

type SealedChange = Extract<OutgoingChange, { readonly kind: "VOTE" | "RESPONSE" }>;

const { GOING, NOT_GOING, MAYBE } = proto.Message.EventResponseMessage.EventResponseType;
const RESPONSES = { GOING, NOT_GOING, MAYBE } as const;

/**
 * An answer to a poll or an appointment, which only those read who have what it answers.
 * @throws Error when what is answered has no secret to seal it with
 */
export function sealedMessage(change: SealedChange, { me, byLid }: ChatNames): proto.IMessage {
  const nameOf = ({ id, pn, lid }: Address): string => (byLid ? lid : pn) ?? id;
  const { id, chat: remoteJid, fromMe } = change.target;
  const author = fromMe ? nameOf(me) : nameOf(change.asked.author);
  const participant = isGroup(remoteJid) && !fromMe ? { participant: author } : {};
  const key = { id, remoteJid, fromMe, ...participant };
  const names = { id, author, sender: nameOf(me) };
  const secret = secretOf(change.asked.raw);
  if (change.kind === "VOTE") {
    const selectedOptions = change.options.map((option) =>
      createHash("sha256").update(option).digest(),
    );
    const plain = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish();
    const vote = seal(plain, secret, "Poll Vote", names);
    const senderTimestampMs = Date.now();
    return { pollUpdateMessage: { pollCreationMessageKey: key, vote, senderTimestampMs } };
  }
  const { attendance, extraGuests: extraGuestCount } = change;
  const response = RESPONSES[attendance];
  const said = { response, timestampMs: Date.now(), extraGuestCount };
  const plain = proto.Message.EventResponseMessage.encode(said).finish();
  const sealed = seal(plain, secret, "Event Response", names);
  return { encEventResponseMessage: { eventCreationMessageKey: key, ...sealed } };
}

function secretOf(raw: string): Uint8Array {
  const { inner } = unwrap(proto.Message.decode(Buffer.from(raw, "base64")));
  const secret = inner.messageContextInfo?.messageSecret;
  if (!secret) throw new Error("the message that is answered has no secret");
  return secret;
}

interface Names {
  readonly id: string;
  readonly author: string;
  readonly sender: string;
}

const KEY_BYTES = 32;
const IV_BYTES = 12;

/** AES-256-GCM, as `decryptPollVote` and `decryptEventResponse` of Baileys open it. */
function seal(plain: Uint8Array, secret: Uint8Array, use: string, names: Names) {
  const { id, author, sender } = names;
  const info = `${id}${author}${sender}${use}`;
  const key = Buffer.from(hkdfSync("sha256", secret, Buffer.alloc(0), info, KEY_BYTES));
  const encIv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, encIv).setAAD(Buffer.from(`${id}\0${sender}`));
  const encPayload = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { encPayload, encIv };
}
