import { createHmac, timingSafeEqual } from "node:crypto";
import type { BlockList } from "node:net";
import type { Caller } from "../domain/caller.ts";
import type { ApiKey } from "./api-key.ts";
import { isIn, networksOf } from "./networks.ts";
import type { KeyRow } from "./key-rows.ts";
import { toKey } from "./key-rows.ts";
import { RateLimit } from "./rate.ts";
import { fingerprintOf } from "./sessions.ts";

/** Why a key that is known opens nothing, in words for whoever has it. */
export type KeyRefusal = "was revoked" | "has expired" | "may not be used from this address";

/** One text of a key, and what was opened with it. */
interface Text {
  readonly caller: Caller;
  readonly end: AbortController;
}

/** A key in memory, ready to be compared: asking the database at each call would be most of its cost. */
export class HeldKey {
  /** Null for a key that may do as much as it likes. */
  readonly rate: RateLimit | null;
  readonly #networks: BlockList | null;
  #row: KeyRow;
  #key: ApiKey;
  #current: Text;
  /** The text before the last rotation, while it is taken as well. */
  #former: Text | undefined;

  constructor(row: KeyRow, now: () => number) {
    this.#row = row;
    this.#key = toKey(row);
    this.#current = this.#textOf();
    if (row.oldHash !== null) this.#former = this.#textOf();
    const { ratePerMinute, cidrs } = this.#key;
    this.rate = ratePerMinute === null ? null : new RateLimit(ratePerMinute, now);
    this.#networks = cidrs && networksOf(cidrs);
  }

  get key(): ApiKey {
    return this.#key;
  }

  get isOver(): boolean {
    const { revokedAt, expiresAt } = this.#key;
    return revokedAt !== null || (expiresAt !== null && expiresAt <= new Date());
  }

  get row(): KeyRow {
    return this.#row;
  }

  /** Who has this text: that of the key, or for a while the one before. */
  callerWith(text: string, pepper: Uint8Array): Caller | undefined {
    const given = hashOf(text, pepper);
    const { hash, oldHash } = this.#row;
    const isCurrent = timingSafeEqual(given, hash);
    const isFormer = oldHash !== null && timingSafeEqual(given, oldHash);
    if (isCurrent) return this.#current.caller;
    return isFormer ? this.#former?.caller : undefined;
  }

  /** Names the text by which this caller is known: nothing once it is taken no longer. */
  fingerprint(caller: Caller): string | null {
    const { hash, oldHash } = this.#row;
    if (caller === this.#current.caller) return fingerprintOf(hash);
    return caller === this.#former?.caller && oldHash ? fingerprintOf(oldHash) : null;
  }

  /** Who is known by a text with this fingerprint. */
  callerBy(fingerprint: string): Caller | undefined {
    const callers = [this.#current.caller, this.#former?.caller];
    return callers.find((caller) => caller && this.fingerprint(caller) === fingerprint);
  }

  refusal(address: string | undefined, now: Date): KeyRefusal | undefined {
    const { revokedAt, expiresAt } = this.#key;
    if (revokedAt !== null) return "was revoked";
    if (expiresAt !== null && expiresAt <= now) return "has expired";
    return this.#networks === null || isIn(this.#networks, address)
      ? undefined
      : "may not be used from this address";
  }

  /** It was used, or revoked. */
  change(row: KeyRow): void {
    this.#row = row;
    this.#key = toKey(row);
    this.endWhatIsOver(new Date());
  }

  /** It has a new text. What was opened with the one before stays open for as long as that is taken. */
  rotate(row: KeyRow): void {
    this.#former?.end.abort();
    this.#former = this.#current;
    this.#current = this.#textOf();
    this.change(row);
  }

  /** Closes what was opened with a text whose time is over. */
  endWhatIsOver(now: Date): void {
    const { oldUntil, revokedAt, expiresAt } = this.#row;
    const isOver = revokedAt !== null || (expiresAt !== null && expiresAt <= now);
    if (isOver) this.#current.end.abort();
    if (!isOver && oldUntil !== null && now < oldUntil) return;
    this.#former?.end.abort();
    this.#former = undefined;
  }

  #textOf(): Text {
    const { id, name, scopes, instances, cidrs, ratePerMinute, expiresAt } = this.#key;
    const end = new AbortController();
    const caller = {
      name,
      keyId: id,
      scopes: new Set(scopes),
      instances: instances && new Set(instances),
      bounds: { cidrs, ratePerMinute, expiresAt },
      ended: end.signal,
    };
    return { caller, end };
  }
}

export function hashOf(text: string, pepper: Uint8Array): Buffer<ArrayBuffer> {
  return createHmac("sha256", pepper).update(text).digest();
}
