/** All uploads together. A test's media is downloaded within seconds, so the oldest may go. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Encrypted files by the path they were uploaded to, the oldest evicted when space runs out. */
export class MediaStore {
  readonly #files = new Map<string, Buffer>();
  #bytes = 0;

  put(path: string, file: Buffer): void {
    this.#delete(path);
    this.#files.set(path, file);
    this.#bytes += file.length;
    for (const oldest of this.#files.keys()) {
      if (this.#bytes <= MAX_BYTES) return;
      this.#delete(oldest);
    }
  }

  get(path: string): Buffer | undefined {
    return this.#files.get(path);
  }

  #delete(path: string): void {
    this.#bytes -= this.#files.get(path)?.length ?? 0;
    this.#files.delete(path);
  }
}
