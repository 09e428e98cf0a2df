import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Caller } from "./caller.ts";

/** Decides who a caller is. */
export interface Access {
  /** Whether callers must show a key. If not, the gateway listens on loopback only and trusts who reaches it. */
  readonly keyed: boolean;
  /** The caller these credentials belong to; nobody when they are missing or wrong. */
  authenticate(credentials: string | undefined): Caller | undefined;
}

export interface AccessOptions {
  /** The bootstrap admin key. */
  readonly apiKey?: string | undefined;
}

const LOCAL: Caller = { name: "local", admin: true };
const BOOTSTRAP: Caller = { name: "API_KEY", admin: true };

/** Both sides are hashed with a secret of this process, so that the time a comparison takes says nothing about the key. */
export function createAccess(options: AccessOptions): Access {
  const { apiKey } = options;
  if (apiKey === undefined) return { keyed: false, authenticate: () => LOCAL };

  const salt = randomBytes(32);
  const digest = (key: string): Buffer => createHmac("sha256", salt).update(key).digest();
  const expected = digest(apiKey);
  return {
    keyed: true,
    authenticate: (credentials) =>
      credentials !== undefined && timingSafeEqual(digest(credentials), expected)
        ? BOOTSTRAP
        : undefined,
  };
}
