/** As many as a phone remembers messages: an id that is older than those is not sent again. */
const MAX_IDS = 20_000;

/** A set that forgets its oldest members. */
export class RecentIds {
  readonly #ids = new Set<string>();

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size <= MAX_IDS) return;
    const oldest = this.#ids.values().next().value;
    if (oldest !== undefined) this.#ids.delete(oldest);
  }

  delete(id: string): boolean {
    return this.#ids.delete(id);
  }
}
