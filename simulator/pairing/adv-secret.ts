import { aesDecryptGCM, Curve, hkdf, type KeyPair } from "@whiskeysockets/baileys";
import { SimulatorError } from "../errors.ts";

const SALT_BYTES = 32;
const GCM_IV_BYTES = 12;
const KEY_BYTES = 32;

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
