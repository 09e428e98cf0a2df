import { createHash, randomBytes } from "node:crypto";
import { aesEncryptGCM, hmacSign, proto } from "@whiskeysockets/baileys";

interface Ballot {
  readonly secret: Uint8Array;
  readonly pollId: string;
  /** JIDs, both by phone number or both by LID. */
  readonly creator: string;
  readonly voter: string;
}

const IV_BYTES = 12;

/** Seals what was chosen, each answer as the SHA-256 of its text, so that only those who have the poll read it. */
export function sealVote(
  options: readonly string[],
  { secret, pollId, creator, voter }: Ballot,
): { encPayload: Uint8Array; encIv: Uint8Array } {
  const selectedOptions = options.map((option) => createHash("sha256").update(option).digest());
  const plain = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish();
  const use = Buffer.concat([
    Buffer.from(`${pollId}${creator}${voter}Poll Vote`),
    Buffer.from([1]),
  ]);
  const key = hmacSign(use, hmacSign(secret, Buffer.alloc(32)));
  const encIv = randomBytes(IV_BYTES);
  return {
    encIv,
    encPayload: aesEncryptGCM(plain, key, encIv, Buffer.from(`${pollId}\u0000${voter}`)),
  };
}
