import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Caller } from "../domain/caller.ts";
import { UNBOUND } from "../domain/caller.ts";
import type { Vault } from "../store/vault.ts";
import type { Keys, Recognition } from "./keys.ts";
import type { RateLimit } from "./rate.ts";
import type { OpenSession, ShownSession } from "./sessions.ts";
import { fingerprintOf, Sessions } from "./sessions.ts";

/** Somebody who may come in, and how much they may do. */
export interface Admitted {
  readonly caller: Caller;
  /** Null for as much as they like. */
  readonly rate: RateLimit | null;
  /** By the cookie of a browser, which sends it along whoever made the page. */
  readonly bySession: boolean;
}

/** Who may not, and why, in words for them. */
export interface Refused {
  readonly refused: string;
  /** Whose key it is, if it is known. */
  readonly keyId: string | null;
  readonly actor: string;
}

/** What a caller shows of themselves. */
export interface Shown {
  readonly key?: string | undefined;
  readonly session?: string | undefined;
  /** The caller's own address, as the socket has it. */
  readonly address?: string | undefined;
}

/** Decides who a caller is. */
export interface Access {
  /** Whether callers must show a key. If not, the gateway listens on loopback only and trusts who reaches it. */
  readonly keyed: boolean;
  authenticate(shown: Shown): Admitted | Refused;
  /** A session for whoever has shown a key; nothing where none is needed. */
  signIn(caller: Caller): OpenSession | undefined;
  /** Ends a session, and closes what was opened with it. */
  signOut(session: string | undefined): void;
}

export interface AccessOptions {
  /** The bootstrap admin key. */
  readonly apiKey?: string | undefined;
  readonly keys: Pick<Keys, "recognize" | "resume" | "fingerprint">;
  readonly vault: Vault;
}

const NEVER = new AbortController().signal;

const everything = {
  keyId: null,
  scopes: null,
  instances: null,
  bounds: UNBOUND,
  ended: NEVER,
} as const;
const LOCAL: Admitted = { caller: { name: "local", ...everything }, rate: null, bySession: false };
const BOOTSTRAP: Admitted = {
  caller: { name: "API_KEY", ...everything },
  rate: null,
  bySession: false,
};

const HOW = "Send it as Authorization: Bearer <key> or X-API-Key: <key>.";

/** Whoever holds this much of a key means one of ours. */
const OURS = /^wag_/;

export function createAccess({ apiKey, keys, vault }: AccessOptions): Access {
  const isBootstrap = apiKey === undefined ? () => false : comparison(apiKey);
  const sessions = new Sessions(vault);
  const bootstrapPrint = apiKey === undefined ? null : fingerprintOf(apiKey);

  function byKey(key: string, address: string | undefined): Admitted | Refused {
    const found = keys.recognize(key, address);
    if (found.kind !== "unknown") return outcomeOf(found, false);
    if (isBootstrap(key)) return BOOTSTRAP;
    // Without a key of its own the gateway trusts who reaches it, whatever else they send along.
    if (apiKey === undefined && !OURS.test(key)) return LOCAL;
    return unknown(`This API key is not valid. ${HOW}`);
  }

  /** What is opened with a session closes with it. */
  function during(session: ShownSession, admitted: Admitted): Admitted {
    return { ...admitted, caller: sessions.callerOf(session, admitted.caller) };
  }

  function bySession(session: string, address: string | undefined): Admitted | Refused {
    const grant = sessions.read(session, new Date());
    const over = unknown("You are signed out. Sign in again.");
    if (grant === undefined) return over;
    const { keyId, fingerprint } = grant;
    if (keyId === null) {
      return fingerprint === bootstrapPrint
        ? during(grant, { ...BOOTSTRAP, bySession: true })
        : over;
    }
    const found = keys.resume(keyId, fingerprint, address);
    if (found.kind === "unknown") return over;
    const outcome = outcomeOf(found, true);
    return "refused" in outcome ? outcome : during(grant, outcome);
  }

  return {
    keyed: apiKey !== undefined,
    authenticate({ key, session, address }) {
      if (key !== undefined) return byKey(key, address);
      if (session !== undefined && apiKey !== undefined) return bySession(session, address);
      return apiKey === undefined ? LOCAL : unknown(`An API key is needed. ${HOW}`);
    },
    signIn(caller) {
      if (apiKey === undefined) return undefined;
      const { keyId } = caller;
      const fingerprint = keyId === null ? bootstrapPrint : keys.fingerprint(caller);
      return sessions.open({ keyId, fingerprint: fingerprint ?? "" }, new Date());
    },
    signOut(session) {
      const shown = session === undefined ? undefined : sessions.read(session, new Date());
      if (shown) sessions.end(shown);
    },
  };
}

function outcomeOf(
  found: Exclude<Recognition, { readonly kind: "unknown" }>,
  bySession: boolean,
): Admitted | Refused {
  if (found.kind === "known") return { caller: found.caller, rate: found.rate, bySession };
  const { key, why } = found;
  return { refused: `The API key "${key.name}" ${why}.`, keyId: key.id, actor: key.name };
}

function unknown(refused: string): Refused {
  return { refused, keyId: null, actor: "unknown" };
}

/** Both sides are hashed with a secret of this process, so that the time a comparison takes says nothing about the key. */
function comparison(apiKey: string): (given: string) => boolean {
  const salt = randomBytes(32);
  const digest = (key: string): Buffer => createHmac("sha256", salt).update(key).digest();
  const expected = digest(apiKey);
  return (given) => timingSafeEqual(digest(given), expected);
}
