import { createHash } from "node:crypto";
import type { Caller } from "../domain/caller.ts";
import { BoundedMap } from "../lib/bounded-map.ts";
import { newId } from "../lib/ids.ts";
import type { Vault } from "../store/vault.ts";

/** How long somebody stays signed in (milliseconds): a working day and its evening. */
const LASTS_MS = 16 * 60 * 60_000;

/** Sessions that are told apart at a time: one that is forgotten cannot be ended any more before its time. */
const KEPT = 10_000;

/** What a session stands for: one text of one key. A key that is rotated takes its sessions along. */
export interface SessionGrant {
  /** Null for the key of the environment. */
  readonly keyId: string | null;
  readonly fingerprint: string;
}

/** A session that somebody has shown. */
export interface ShownSession extends SessionGrant {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export interface OpenSession {
  readonly token: string;
  readonly expiresAt: Date;
}

const OWNER = "session";

/** What was opened by a session, and closes with it. */
interface Kept {
  readonly base: Caller;
  readonly caller: Caller;
  readonly end: AbortController;
}

/**
 * Sessions of people in a browser, who cannot send a key with every request. A session is a sealed note in
 * their cookie and goes on over a restart; kept is only who is there, in order to close what they have opened.
 */
export class Sessions {
  readonly #vault: Vault;
  readonly #kept = new BoundedMap<string, Kept>(KEPT);
  readonly #over = new BoundedMap<string, true>(KEPT);

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  open({ keyId, fingerprint }: SessionGrant, now: Date): OpenSession {
    const until = now.getTime() + LASTS_MS;
    const note = JSON.stringify([newId(), keyId, fingerprint, until]);
    const token = Buffer.from(this.#vault.seal(OWNER, Buffer.from(note))).toString("base64url");
    return { token, expiresAt: new Date(until) };
  }

  /** What a cookie stands for, unless its time is over, somebody signed out, or it is none of ours. */
  read(token: string, now: Date): ShownSession | undefined {
    try {
      const note = this.#vault.open(OWNER, Buffer.from(token, "base64url")).toString();
      const [id, keyId, fingerprint, until] = JSON.parse(note) as [
        string,
        string | null,
        string,
        number,
      ];
      if (until <= now.getTime() || this.#over.get(id)) return undefined;
      return { id, keyId, fingerprint, until };
    } catch {
      return undefined;
    }
  }

  /** The same caller for as long as the session lasts and their key does. */
  callerOf({ id, until }: ShownSession, base: Caller): Caller {
    const kept = this.#kept.get(id);
    if (kept?.base === base) return kept.caller;
    const end = new AbortController();
    const over = (): void => end.abort();
    const timer = setTimeout(over, until - Date.now()).unref();
    end.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    base.ended.addEventListener("abort", over, { once: true, signal: end.signal });
    if (base.ended.aborted) over();
    const caller = { ...base, ended: end.signal };
    this.#kept.set(id, { base, caller, end });
    return caller;
  }

  /** Whoever has the cookie is out, and what they have opened closes. */
  end({ id }: ShownSession): void {
    this.#over.set(id, true);
    this.#kept.get(id)?.end.abort();
  }
}

export function fingerprintOf(secret: Uint8Array | string): string {
  return createHash("sha256").update(secret).digest("base64url").slice(0, 22);
}
