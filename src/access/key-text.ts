import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/**
 * A key as its user has it: `wag_` (by which secret scanners know it), eight characters that name it, 32
 * random bytes, and a checksum, so that a key that was copied in part is told from one that is not known.
 */
export interface KeyText {
  readonly id: string;
  readonly text: string;
}

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const SHAPE = /^wag_([0-9A-HJKMNP-TV-Z]{8})([\w-]{43})([0-9a-f]{8})$/;

export function makeKeyText(id: string = makeKeyId()): KeyText {
  const body = `wag_${id}${randomBytes(32).toString("base64url")}`;
  return { id, text: `${body}${checksum(body)}` };
}

/** The name of a key, if the text is one that was written down whole. */
export function keyIdIn(text: string): string | undefined {
  const [, id] = SHAPE.exec(text) ?? [];
  return id !== undefined && text.endsWith(checksum(text.slice(0, -8))) ? id : undefined;
}

/** Crockford's alphabet: nobody takes a letter for another when a key is named over the phone. */
function makeKeyId(): string {
  return Array.from(randomBytes(8), (byte) => ALPHABET[byte & 31]).join("");
}

function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, "0");
}
