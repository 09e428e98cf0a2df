import { createHmac, timingSafeEqual } from "node:crypto";

/** What a link leads to, and until when. */
export interface MediaGrant {
  readonly instanceId: string;
  /** The gateway's own name of the message. */
  readonly uid: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Dots stand in none of the parts, and every part is safe in a path. */
const TOKEN = /^([\w-]{1,64})\.(\w{1,64})\.([0-9a-z]{1,11})\.([\w-]{43})$/;

const RADIX = 36;

/** The last part of a link: whoever has it needs no key. */
export function tokenOf({ instanceId, uid, expiresAt }: MediaGrant, key: Uint8Array): string {
  const grant = `${instanceId}.${uid}.${expiresAt.toString(RADIX)}`;
  return `${grant}.${sign(grant, key).toString("base64url")}`;
}

/**
 * What a token grants, or nothing if none of the keys has signed it or its time is over.
 * @param now milliseconds since 1970.
 */
export function readToken(
  token: string,
  keys: readonly Uint8Array[],
  now: number,
): MediaGrant | undefined {
  const [, instanceId, uid, expiry, signature] = TOKEN.exec(token) ?? [];
  if (!instanceId || !uid || !expiry || !signature) return undefined;
  const given = Buffer.from(signature, "base64url");
  const grant = `${instanceId}.${uid}.${expiry}`;
  if (!keys.some((key) => timingSafeEqual(sign(grant, key), given))) return undefined;
  const expiresAt = Number.parseInt(expiry, RADIX);
  return expiresAt > now ? { instanceId, uid, expiresAt } : undefined;
}

function sign(grant: string, key: Uint8Array): Buffer {
  return createHmac("sha256", key).update(grant).digest();
}
