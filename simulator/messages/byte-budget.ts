/** Bytes kept for a while on a first-come, first-dropped basis. */
export class ByteBudget {
  readonly #limit: number;
  readonly #kept: { readonly size: number; readonly drop: () => void }[] = [];
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts `size` bytes; `drop` is called when newer bytes need the room. */
  keep(size: number, drop: () => void): void {
    this.#kept.push({ size, drop });
    this.#used += size;
    while (this.#used > this.#limit) {
      const oldest = this.#kept.shift();
      if (oldest === undefined) return;
      this.#used -= oldest.size;
      oldest.drop();
    }
  }
}
