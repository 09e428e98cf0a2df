import { calculateSignature, verifySignature } from "whatsapp-rust-bridge";
import { curve } from "./curve.ts";

/**
 * libsignal signs and verifies (XEdDSA over Curve25519) in plain JavaScript: 11 and 9 ms each, which
 * is most of what a login costs. The WebAssembly that Baileys brings along anyway needs 0.1 to 0.2 ms.
 * The replacement sits on the CommonJS module object, and ESM copies its members when it is first
 * imported: this file has to run before Baileys does.
 */
const slow = { ...curve };

curve.calculateSignature = (privateKey, message) => {
  if (privateKey.length !== 32) return slow.calculateSignature(privateKey, message);
  return Buffer.from(calculateSignature(privateKey, message));
};

curve.verifySignature = (publicKey, message, signature, trusted) => {
  // A signature that libsignal would not look at, or would refuse with an error, stays its business.
  if (trusted === true || signature.length !== 64 || ![32, 33].includes(publicKey.length)) {
    return slow.verifySignature(publicKey, message, signature, trusted);
  }
  const prefixed = publicKey.length === 33 ? publicKey : Buffer.from([5, ...publicKey]);
  return verifySignature(prefixed, message, signature);
};

/** What libsignal did before, for the test that compares both. */
export const slowCurve: Readonly<Curve> = slow;

type Curve = typeof curve;
