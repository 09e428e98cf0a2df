import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** Seals secret columns. `owner` names the row: a sealed value moved to another row does not open. */
export interface Vault {
  seal(owner: string, plain: Uint8Array): Uint8Array<ArrayBuffer>;
  /** @throws VaultError when the value was tampered with, belongs to another row, or was sealed with a key that is not known. */
  open(owner: string, sealed: Uint8Array): Buffer;
  /** Whether a value was sealed with the key that seals now. */
  isCurrent(sealed: Uint8Array): boolean;
  /** Keys of 32 bytes for another use than sealing: of the current key, then of the old ones. */
  derive(purpose: string): readonly Uint8Array[];
}

export class VaultError extends Error {
  override readonly name = "VaultError";
}

const VERSION = 1;
const KEY_ID_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;

interface Key {
  readonly id: Buffer;
  readonly bytes: Uint8Array;
}

/**
 * AES-256-GCM with the row's name as associated data. Layout: version, key id (4 bytes), IV (12),
 * ciphertext, tag (16). The key id lets old values be read while a key is being rotated.
 * @param current 32 bytes; seals and opens.
 * @param old keys that only open.
 */
export function createVault(current: Uint8Array, old: readonly Uint8Array[] = []): Vault {
  const sealing = keyOf(current);
  const known = new Map([sealing, ...old.map(keyOf)].map((key) => [key.id.toString("hex"), key]));
  const header = Buffer.concat([Buffer.from([VERSION]), sealing.id]);
  return {
    // HKDF (RFC 5869): what is learned of one derived key tells nothing of the others.
    derive: (purpose) =>
      [current, ...old].map((key) => new Uint8Array(hkdfSync("sha256", key, "", purpose, 32))),
    isCurrent: (sealed) => header.equals(sealed.subarray(0, HEADER_BYTES)),
    seal(owner, plain) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", sealing.bytes, iv).setAAD(Buffer.from(owner));
      return Buffer.concat([header, iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(owner, sealed) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const key = known.get(bytes.subarray(1, HEADER_BYTES).toString("hex"));
      if (bytes[0] !== VERSION || key === undefined) {
        throw new VaultError(`${owner} was sealed with a key that is not here`);
      }
      const iv = bytes.subarray(HEADER_BYTES, HEADER_BYTES + IV_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", key.bytes, iv)
        .setAAD(Buffer.from(owner))
        .setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      const body = bytes.subarray(HEADER_BYTES + IV_BYTES, bytes.length - TAG_BYTES);
      try {
        return Buffer.concat([decipher.update(body), decipher.final()]);
      } catch (cause) {
        throw new VaultError(`${owner} was changed, or is not the row it was sealed for`, {
          cause,
        });
      }
    },
  };
}

function keyOf(bytes: Uint8Array): Key {
  if (bytes.length !== 32) throw new VaultError("an encryption key has 32 bytes");
  return { id: createHash("sha256").update(bytes).digest().subarray(0, KEY_ID_BYTES), bytes };
}
