import { createHash } from "node:crypto";

/** What bytes have to be. */
export interface Facts {
  /** In bytes. */
  readonly size: number;
  /** Base64. */
  readonly sha256: string;
}

/**
 * Passes bytes on and holds the last piece back until all of them are found to be what they should: whoever
 * counts them never has the whole of anything else.
 * @throws what `refusal` makes when they are not, and what `bytes` throws
 */
export async function* proven(
  bytes: AsyncIterable<Uint8Array>,
  { size, sha256 }: Facts,
  refusal: () => Error,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash("sha256");
  let length = 0;
  let last: Uint8Array | undefined;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > size) break;
    hash.update(piece);
    if (last) yield last;
    last = piece;
  }
  if (length !== size || hash.digest("base64") !== sha256) throw refusal();
  if (last) yield last;
}
