import { getMediaKeys, type MediaType } from "@whiskeysockets/baileys";
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";

const MAC_BYTES = 10;

export interface SealedMedia {
  readonly mediaKey: Buffer;
  /** Ciphertext with its shortened MAC: what is uploaded. */
  readonly sealed: Buffer;
  readonly fileSha256: Buffer;
  readonly fileEncSha256: Buffer;
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

/** Encrypts a file as WhatsApp does: AES-256-CBC, then ten bytes of HMAC-SHA256 over IV and ciphertext. */
export async function sealMedia(bytes: Uint8Array, type: MediaType): Promise<SealedMedia> {
  const mediaKey = randomBytes(32);
  const { iv, cipherKey, macKey } = await keysOf(mediaKey, type);
  const cipher = createCipheriv("aes-256-cbc", cipherKey, iv);
  const ciphertext = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const sealed = Buffer.concat([ciphertext, macOf(macKey, iv, ciphertext)]);
  return { mediaKey, sealed, fileSha256: sha256(bytes), fileEncSha256: sha256(sealed) };
}

/** @throws {Error} when the file was not sealed with this key */
export async function openMedia(
  sealed: Buffer,
  mediaKey: Uint8Array,
  type: MediaType,
): Promise<Buffer> {
  const { iv, cipherKey, macKey } = await keysOf(mediaKey, type);
  const ciphertext = sealed.subarray(0, -MAC_BYTES);
  if (!macOf(macKey, iv, ciphertext).equals(sealed.subarray(-MAC_BYTES))) {
    throw new Error("the MAC of the media does not fit");
  }
  const decipher = createDecipheriv("aes-256-cbc", cipherKey, iv);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}

async function keysOf(mediaKey: Uint8Array, type: MediaType) {
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, type);
  if (macKey === undefined) throw new Error("no MAC key");
  return { iv, cipherKey, macKey };
}

function macOf(macKey: Uint8Array, iv: Uint8Array, ciphertext: Buffer): Buffer {
  return createHmac("sha256", macKey).update(iv).update(ciphertext).digest().subarray(0, MAC_BYTES);
}
