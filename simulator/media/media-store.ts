/** All uploads together. A test's media is downloaded within seconds, so the oldest may go. */
const MAX_BYTES = 256 * 1024 * 1024;

interface Stored {
  readonly bytes: Buffer;
  /** Phones have it still, where WhatsApp's hosts have not. */
  readonly isExpired: boolean;
}

/** Encrypted files by the path they were uploaded to, the oldest evicted when space runs out. */
export class MediaStore {
  readonly #files = new Map<string, Stored>();
  #bytes = 0;
  #uploads = 0;

  put(path: string, bytes: Buffer): void {
    this.#delete(path);
    this.#files.set(path, { bytes, isExpired: false });
    this.#bytes += bytes.length;
    for (const oldest of this.#files.keys()) {
      if (this.#bytes <= MAX_BYTES) return;
      this.#delete(oldest);
    }
  }

  get(path: string): Buffer | undefined {
    const stored = this.#files.get(path);
    return stored?.isExpired === false ? stored.bytes : undefined;
  }

  /** Weeks go by: what was uploaded until now is on the phones alone. */
  expire(): void {
    for (const [path, { bytes }] of this.#files) this.#files.set(path, { bytes, isExpired: true });
  }

  /** A phone uploads once more what it had from there. Sealed with the same key it is the same file, in another place. */
  uploadAgain(path: string): string | undefined {
    const stored = this.#files.get(path);
    if (stored === undefined) return undefined;
    this.#uploads += 1;
    const place = `${path}-${this.#uploads}`;
    this.put(place, stored.bytes);
    return place;
  }

  #delete(path: string): void {
    this.#bytes -= this.#files.get(path)?.bytes.length ?? 0;
    this.#files.delete(path);
  }
}
