import { steadyNow } from "../../lib/steady-clock.ts";
import type { CacheStore } from "./library.ts";

interface Entry {
  readonly value: unknown;
  readonly until: number;
}

/**
 * What Baileys wants of a cache, bounded and without the timer per cache that its own bring along:
 * with 500 connections those add up. The oldest entry goes first.
 */
export class ExpiringCache implements CacheStore {
  readonly #entries = new Map<string, Entry>();
  readonly #limit: number;
  readonly #ttlMs: number;

  constructor(limit: number, ttlMs: number) {
    this.#limit = limit;
    this.#ttlMs = ttlMs;
  }

  readonly get: CacheStore["get"] = (key) => {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    // Baileys names the type it put in.
    if (entry.until > steadyNow()) return entry.value as never;
    this.#entries.delete(key);
    return undefined;
  };

  set(key: string, value: unknown): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: steadyNow() + this.#ttlMs });
    if (this.#entries.size <= this.#limit) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  del(key: string): void {
    this.#entries.delete(key);
  }

  flushAll(): void {
    this.#entries.clear();
  }
}
