import { hkdf, hmacSign, type LTHashState, type proto } from "../library.ts";

const KEYS_BYTES = 160;
const SNAPSHOT_KEY = [96, 128] as const;

/**
 * Whether all that was read adds up to what its author had: Baileys goes on without what it cannot read, and
 * whatever is written on top of that would be wrong for every other device.
 */
export function addsUp(
  name: string,
  { hash, version }: LTHashState,
  mac: Uint8Array | null | undefined,
  { keyData }: proto.Message.IAppStateSyncKeyData,
): boolean {
  if (!mac || !keyData) return false;
  const keys = hkdf(Buffer.from(keyData), KEYS_BYTES, { info: "WhatsApp Mutation Keys" });
  const number = Buffer.alloc(8);
  number.writeUInt32BE(version, 4);
  const said = Buffer.concat([hash, number, Buffer.from(name)]);
  return hmacSign(said, keys.subarray(...SNAPSHOT_KEY)).equals(mac);
}
