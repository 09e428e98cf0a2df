import {
  Curve,
  hmacSign,
  type KeyPair,
  proto,
  WA_ADV_ACCOUNT_SIG_PREFIX,
} from "@whiskeysockets/baileys";
import { unixSeconds } from "../protocol/nodes.ts";

/**
 * What the phone vouches for when it links a device: its signature under the device's identity key,
 * sealed with the secret that only the two of them share. Costs one signature, about 11 ms.
 */
export function signDeviceIdentity(
  identity: KeyPair,
  device: number,
  companionIdentity: Uint8Array,
  advSecret: Uint8Array,
): Uint8Array {
  const details = proto.ADVDeviceIdentity.encode({
    rawId: device,
    timestamp: unixSeconds(),
    keyIndex: device,
  }).finish();
  const signed = Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, companionIdentity]);
  const inner = proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: identity.public,
    accountSignature: Curve.sign(identity.private, signed),
  }).finish();
  const hmac = hmacSign(inner, advSecret);
  return proto.ADVSignedDeviceIdentityHMAC.encode({ details: inner, hmac }).finish();
}
