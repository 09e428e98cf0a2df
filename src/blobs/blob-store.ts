/** What a file is called. Both parts are letters, digits, `_` and `-`: they are safe in any path. */
export interface BlobName {
  readonly folder: string;
  readonly id: string;
}

/** What is known of a file before its bytes. */
export interface BlobFacts {
  /** In bytes. */
  readonly size: number;
  /** Base64. */
  readonly sha256: string;
}

/** Files as they are put: never changed, and never there in part. */
export interface BlobStore extends AsyncDisposable {
  /**
   * Keeps a file, or nothing of it. What stood under the name is replaced.
   * @throws BlobError FAILED, and what `bytes` throws
   */
  put(
    name: BlobName,
    bytes: AsyncIterable<Uint8Array>,
    facts: BlobFacts,
    signal: AbortSignal,
  ): Promise<void>;
  /** @throws BlobError, while it is read */
  get(name: BlobName, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined>;
  /** That it is not there is no error. @throws BlobError FAILED */
  remove(name: BlobName, signal: AbortSignal): Promise<void>;
}

/** MISSING: there is no such file. FAILED: the store is full, away or closed to us. */
export type BlobErrorCode = "MISSING" | "FAILED";

/** What a store has to say. Its message is for the operator, and holds no secret. */
export class BlobError extends Error {
  override readonly name = "BlobError";
  readonly code: BlobErrorCode;

  constructor(code: BlobErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
