import { createHmac, timingSafeEqual } from "node:crypto";
import type { AuditFact } from "./audit-entry.ts";

/** A place in the chain: an entry's position and its hash, or what stands before the first. */
export interface Link {
  readonly position: number;
  readonly hash: Uint8Array<ArrayBuffer>;
}

export const START: Link = { position: 0, hash: new Uint8Array(32) };

/** Hashes of entries, each made under a secret and over the one before. */
export interface AuditChain {
  next(before: Link, fact: AuditFact): Link;
  /** Whether an entry is the one that was written behind `before`. */
  holds(before: Link, fact: AuditFact, claimed: Link): boolean;
}

export function auditChain(secret: Uint8Array): AuditChain {
  const next = ({ position: last, hash: before }: Link, fact: AuditFact): Link => {
    const position = last + 1;
    const { at, keyId, actor, address, action, target, instanceId, result, requestId } = fact;
    const what = [keyId, actor, address, action, target, instanceId, result, requestId];
    const text = JSON.stringify([position, at.getTime(), ...what]);
    const digest = createHmac("sha256", secret).update(before).update(text).digest();
    return { position, hash: new Uint8Array(digest) };
  };
  return {
    next,
    holds(before, fact, claimed) {
      const { position, hash } = next(before, fact);
      const isSameLength = hash.length === claimed.hash.length;
      return position === claimed.position && isSameLength && timingSafeEqual(hash, claimed.hash);
    },
  };
}
