import type { KeyType, KeyValue } from "./codec.ts";

/**
 * How many values one connection remembers. A session is about 3 KB decoded, and 60 KB where forty were
 * begun anew; a sender key at most 25 KB: a busy account holds under 1 MB, the worst some 10 MB, and an idle
 * one next to nothing. A value that fell out costs one read.
 */
const LIMIT = 256;

/**
 * Values as they are stored, and the knowledge that there is none (`null`), the longest unused
 * leaving first. Pre-keys are not kept: each is read once, and there are 812 after a first login.
 */
export class KeyCache {
  readonly #values = new Map<string, KeyValue | null>();

  /** Nothing when it has to be read. */
  get(type: KeyType, id: string): KeyValue | null | undefined {
    const name = nameOf(type, id);
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    this.#values.delete(name);
    this.#values.set(name, value);
    return value;
  }

  /** Takes what was read, unless it was written meanwhile; gives what holds. */
  learn(type: KeyType, id: string, read: KeyValue | null): KeyValue | null {
    const written = this.get(type, id);
    if (written !== undefined) return written;
    this.put(type, id, read);
    return read;
  }

  put(type: KeyType, id: string, value: KeyValue | null): void {
    if (type === "pre-key") return;
    const name = nameOf(type, id);
    this.#values.delete(name);
    this.#values.set(name, value);
    if (this.#values.size <= LIMIT) return;
    const [oldest] = this.#values.keys();
    if (oldest !== undefined) this.#values.delete(oldest);
  }
}

function nameOf(type: KeyType, id: string): string {
  return `${type}/${id}`;
}
