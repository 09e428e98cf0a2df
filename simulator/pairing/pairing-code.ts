import { aesDecryptCTR, aesEncryptCTR, derivePairingCodeKey } from "@whiskeysockets/baileys";
import { randomBytes } from "node:crypto";

const SALT_BYTES = 32;
const CTR_IV_BYTES = 16;
const KEY_BYTES = 32;
const WRAPPED_BYTES = SALT_BYTES + CTR_IV_BYTES + KEY_BYTES;

/** People see the code as `ABCD-EFGH`. */
export function normalizeCode(code: string): string {
  return code.replace(/[\s-]/g, "").toUpperCase();
}

/** Encrypts a public key under the code: salt, IV, AES-256-CTR with a PBKDF2 key. */
export async function wrapKey(publicKey: Uint8Array, code: string): Promise<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const iv = randomBytes(CTR_IV_BYTES);
  const key = await derivePairingCodeKey(code, salt);
  return Buffer.concat([salt, iv, aesEncryptCTR(publicKey, key, iv)]);
}

/** Undoes `wrapKey`. A wrong code gives a wrong key, which nobody notices before the end of pairing. */
export async function unwrapKey(wrapped: Buffer, code: string): Promise<Buffer> {
  if (wrapped.length !== WRAPPED_BYTES) throw new Error("wrapped key of a wrong length");
  const key = await derivePairingCodeKey(code, wrapped.subarray(0, SALT_BYTES));
  const iv = wrapped.subarray(SALT_BYTES, SALT_BYTES + CTR_IV_BYTES);
  return aesDecryptCTR(wrapped.subarray(SALT_BYTES + CTR_IV_BYTES), key, iv);
}
