import { createHash, randomBytes } from "node:crypto";
import { aesDecryptGCM, aesEncryptGCM, hmacSign, proto } from "@whiskeysockets/baileys";

/** What an answer to a poll or an event is sealed with, so that only those who have that read it. */
export interface Seal {
  readonly use: "Poll Vote" | "Event Response";
  readonly secret: Uint8Array;
  /** Of the poll or event. */
  readonly id: string;
  /** JIDs, both by phone number or both by LID. */
  readonly creator: string;
  readonly sender: string;
}

export interface Sealed {
  readonly encPayload: Uint8Array;
  readonly encIv: Uint8Array;
}

const IV_BYTES = 12;

export function seal(plain: Uint8Array, by: Seal): Sealed {
  const encIv = randomBytes(IV_BYTES);
  return { encIv, encPayload: aesEncryptGCM(plain, keyOf(by), encIv, aadOf(by)) };
}

/** @throws Error for what was sealed with something else */
export function open({ encPayload, encIv }: Sealed, by: Seal): Uint8Array {
  return aesDecryptGCM(encPayload, keyOf(by), encIv, aadOf(by));
}

function keyOf({ use, secret, id, creator, sender }: Seal): Uint8Array {
  const names = Buffer.concat([Buffer.from(`${id}${creator}${sender}${use}`), Buffer.from([1])]);
  return hmacSign(names, hmacSign(secret, Buffer.alloc(32)));
}

const aadOf = ({ id, sender }: Seal) => Buffer.from(`${id}\u0000${sender}`);

/** What was chosen, each answer as the SHA-256 of its text. */
export function encodeVote(options: readonly string[]): Uint8Array {
  return proto.Message.PollVoteMessage.encode({ selectedOptions: options.map(hash) }).finish();
}

export function decodeVote(plain: Uint8Array, options: readonly string[]): readonly string[] {
  const { selectedOptions } = proto.Message.PollVoteMessage.decode(plain);
  return options.filter((option) => selectedOptions.some((each) => hash(option).equals(each)));
}

const hash = (text: string) => createHash("sha256").update(text).digest();
