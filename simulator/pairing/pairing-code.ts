import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  Curve,
  derivePairingCodeKey,
  hkdf,
  type KeyPair,
} from "@whiskeysockets/baileys";
import { randomBytes } from "node:crypto";
import { SimulatorError } from "../errors.ts";

const SALT_BYTES = 32;
const CTR_IV_BYTES = 16;
const GCM_IV_BYTES = 12;
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

/**
 * Opens the bundle by which the companion ends the pairing and derives the secret both now share.
 * @throws {SimulatorError} LINK_REFUSED when the two sides used different codes
 */
export function deriveAdvSecret(
  ephemeral: KeyPair,
  identity: KeyPair,
  companionEphemeral: Uint8Array,
  companionIdentity: Buffer,
  bundle: Buffer,
): Buffer {
  const shared = Curve.sharedKey(ephemeral.private, companionEphemeral);
  const salt = bundle.subarray(0, SALT_BYTES);
  const info = "link_code_pairing_key_bundle_encryption_key";
  const key = Buffer.from(hkdf(shared, KEY_BYTES, { salt, info }));
  const iv = bundle.subarray(SALT_BYTES, SALT_BYTES + GCM_IV_BYTES);
  const opened = open(bundle.subarray(SALT_BYTES + GCM_IV_BYTES), key, iv);
  if (!opened.subarray(0, KEY_BYTES).equals(companionIdentity)) throw wrongCode();
  const random = opened.subarray(2 * KEY_BYTES);
  const identityShared = Curve.sharedKey(identity.private, companionIdentity);
  const material = Buffer.concat([shared, identityShared, random]);
  return Buffer.from(hkdf(material, KEY_BYTES, { info: "adv_secret" }));
}

function open(sealed: Buffer, key: Buffer, iv: Buffer): Buffer {
  try {
    return aesDecryptGCM(sealed, key, iv, Buffer.alloc(0));
  } catch {
    throw wrongCode();
  }
}

function wrongCode(): SimulatorError {
  return new SimulatorError("LINK_REFUSED", "the pairing code is wrong");
}
