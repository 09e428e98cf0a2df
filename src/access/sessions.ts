import { createHash } from "node:crypto";
import type { Vault } from "../store/vault.ts";

/** How long somebody stays signed in (milliseconds): a working day and its evening. */
const LASTS_MS = 16 * 60 * 60_000;

/** What a session stands for: one text of one key. A key that is rotated takes its sessions along. */
export interface SessionGrant {
  /** Null for the key of the environment. */
  readonly keyId: string | null;
  readonly fingerprint: string;
}

export interface OpenSession {
  readonly token: string;
  readonly expiresAt: Date;
}

const OWNER = "session";

/**
 * Sessions of people in a browser, who cannot send a key with every request. A session is a sealed note in
 * their cookie: nothing is kept here, and it goes on over a restart.
 */
export class Sessions {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  open({ keyId, fingerprint }: SessionGrant, now: Date): OpenSession {
    const expiresAt = new Date(now.getTime() + LASTS_MS);
    const note = JSON.stringify([keyId, fingerprint, expiresAt.getTime()]);
    const token = Buffer.from(this.#vault.seal(OWNER, Buffer.from(note))).toString("base64url");
    return { token, expiresAt };
  }

  /** What a cookie stands for, unless its time is over or it is none of ours. */
  read(token: string, now: Date): SessionGrant | undefined {
    try {
      const note = this.#vault.open(OWNER, Buffer.from(token, "base64url")).toString();
      const [keyId, fingerprint, until] = JSON.parse(note) as [string | null, string, number];
      return until > now.getTime() ? { keyId, fingerprint } : undefined;
    } catch {
      return undefined;
    }
  }
}

export function fingerprintOf(secret: Uint8Array | string): string {
  return createHash("sha256").update(secret).digest("base64url").slice(0, 22);
}
