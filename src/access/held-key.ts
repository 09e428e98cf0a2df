import { createHmac, timingSafeEqual } from "node:crypto";
import type { BlockList } from "node:net";
import { isIP } from "node:net";
import type { Caller } from "../domain/caller.ts";
import type { ApiKey } from "./api-key.ts";
import { networksOf } from "./draft.ts";
import type { KeyRow } from "./key-rows.ts";
import { toKey } from "./key-rows.ts";
import { RateLimit } from "./rate.ts";

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

  /** Who has its present text. */
  get caller(): Caller {
    return this.#current.caller;
  }

  get hash(): Uint8Array<ArrayBuffer> {
    return this.#row.hash;
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
    const { id, name, scopes, instances } = this.#key;
    const end = new AbortController();
    const caller = {
      name,
      keyId: id,
      scopes: new Set(scopes),
      instances: instances && new Set(instances),
      ended: end.signal,
    };
    return { caller, end };
  }
}

export function hashOf(text: string, pepper: Uint8Array): Buffer<ArrayBuffer> {
  return createHmac("sha256", pepper).update(text).digest();
}

function isIn(networks: BlockList, address: string | undefined): boolean {
  // IPv4 in IPv6 clothes is how a socket that listens on both families names its callers.
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, "") ?? "";
  const family = isIP(plain);
  return family !== 0 && networks.check(plain, family === 6 ? "ipv6" : "ipv4");
}
