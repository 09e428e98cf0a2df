import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { GatewayError } from "../domain/errors.ts";
import type { SessionImage } from "../engine/session-state.ts";
import { Semaphore } from "../lib/semaphore.ts";

/** How an exported file begins: its name, and the version of all that follows. */
const MAGIC = Buffer.from("WAGRAPH-CREDENTIALS\x01", "latin1");

const SALT_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = MAGIC.length + SALT_BYTES + IV_BYTES;

/** 128 MiB and half a second for each guess of the passphrase (OWASP's strongest setting of scrypt). */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };

/** A session of a year with thousands of contacts is a tenth of this. In bytes. */
export const MAX_SESSION_BYTES = 64 * 1024 * 1024;

/** What may be guessed by hand is no protection for what a whole account hangs on. */
const MIN_PASSPHRASE = 12;

/** One at a time: each takes the memory above. */
const deriving = new Semaphore(1);

/** Half a second, each: nobody waits long enough to give up. */
const NEVER = new AbortController().signal;

interface Content {
  readonly credentials: string;
  readonly keys: readonly (readonly [type: string, id: string, value: string])[];
  readonly me: SessionImage["me"];
  readonly name: string | null;
}

export function isSessionFile(bytes: Uint8Array): boolean {
  return MAGIC.equals(bytes.subarray(0, MAGIC.length));
}

/** @throws GatewayError BAD_INPUT for one that is too short */
export function checkPassphrase(passphrase: string): void {
  if (passphrase.length < MIN_PASSPHRASE) {
    const message = `The passphrase has at least ${MIN_PASSPHRASE} characters: whoever guesses it has the account.`;
    throw new GatewayError("BAD_INPUT", message, { argument: "passphrase" });
  }
}

/** A session as a file: header with salt and IV, then AES-256-GCM under a key that scrypt makes of the passphrase. */
export async function sealSession(image: SessionImage, passphrase: string): Promise<Buffer> {
  const content: Content = {
    ...image,
    credentials: base64(image.credentials),
    keys: image.keys.map(({ type, id, value }) => [type, id, base64(value)]),
  };
  const plain = await promisify(gzip)(JSON.stringify(content));
  const header = Buffer.concat([MAGIC, randomBytes(SALT_BYTES), randomBytes(IV_BYTES)]);
  const { key, iv } = await keyFor(header, passphrase);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(header);
  return Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws GatewayError CREDENTIALS_INVALID, PASSPHRASE_WRONG */
export async function openSession(bytes: Buffer, passphrase: string): Promise<SessionImage> {
  if (!isSessionFile(bytes) || bytes.length < HEADER_BYTES + TAG_BYTES) {
    throw new GatewayError("CREDENTIALS_INVALID", "The file is cut off, or none of ours.");
  }
  const header = bytes.subarray(0, HEADER_BYTES);
  const { key, iv } = await keyFor(header, passphrase);
  const decipher = createDecipheriv("aes-256-gcm", key, iv)
    .setAAD(header)
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  const plain = opened(() =>
    Buffer.concat([decipher.update(bytes.subarray(HEADER_BYTES, -TAG_BYTES)), decipher.final()]),
  );
  const json = await promisify(gunzip)(plain, { maxOutputLength: MAX_SESSION_BYTES });
  const content = JSON.parse(json.toString()) as Content;
  return {
    ...content,
    credentials: Buffer.from(content.credentials, "base64"),
    keys: content.keys.map(([type, id, value]) => ({
      type,
      id,
      value: Buffer.from(value, "base64"),
    })),
  };
}

function opened(open: () => Buffer): Buffer {
  try {
    return open();
  } catch (cause) {
    const message = "The passphrase is not that of this file, or the file was changed.";
    throw new GatewayError("PASSPHRASE_WRONG", message, {}, cause);
  }
}

async function keyFor(header: Buffer, passphrase: string) {
  const salt = header.subarray(MAGIC.length, MAGIC.length + SALT_BYTES);
  const release = await deriving.acquire(NEVER);
  try {
    const key = await new Promise<Buffer>((resolve, reject) => {
      scrypt(passphrase.normalize("NFKC"), salt, 32, COST, (error, made) =>
        error ? reject(error) : resolve(made),
      );
    });
    return { key, iv: header.subarray(-IV_BYTES) };
  } finally {
    release();
  }
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
