import { GatewayError } from "../../../domain/errors.ts";

/** A length-delimited field of a protobuf message; others are skipped. */
export interface Field {
  readonly number: number;
  readonly bytes: Buffer;
}

/** One chat of a history: tens of thousands of messages with their previews. In bytes. */
const MAX_FIELD_BYTES = 64 * 1024 * 1024;

const VARINT = 0;
const FIXED_64 = 1;
const DELIMITED = 2;
const FIXED_32 = 5;

interface Head {
  readonly number: number;
  readonly isDelimited: boolean;
  /** Where what it holds begins, and how long that is. */
  readonly start: number;
  readonly length: number;
}

/** The fields of a message that is there as a whole. @throws GatewayError MEDIA_INVALID */
export function* fieldsIn(bytes: Buffer): Generator<Field, void, undefined> {
  for (let at = 0; at < bytes.length;) {
    const head = headAt(bytes, at);
    if (!head || head.start + head.length > bytes.length) throw invalid();
    const { number, start, length } = head;
    at = start + length;
    if (head.isDelimited) yield { number, bytes: bytes.subarray(start, at) };
  }
}

/**
 * The same of a message that comes in pieces: no more of it is held than one field.
 * @throws GatewayError MEDIA_INVALID
 */
export async function* fieldsOf(
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Field, void, undefined> {
  let pieces: Buffer[] = [];
  let held = 0;
  let needed = 1;
  for await (const piece of source) {
    pieces.push(piece);
    held += piece.length;
    if (held < needed) continue;
    let bytes = Buffer.concat(pieces, held);
    for (;;) {
      const head = headAt(bytes, 0);
      const end = head && head.start + head.length;
      if (end !== undefined && end > MAX_FIELD_BYTES) throw invalid();
      if (!head || end === undefined || end > bytes.length) {
        needed = end ?? bytes.length + 1;
        break;
      }
      if (head.isDelimited) {
        yield { number: head.number, bytes: bytes.subarray(head.start, end) };
      }
      bytes = bytes.subarray(end);
    }
    pieces = [bytes];
    held = bytes.length;
  }
  if (held > 0) throw invalid();
}

/** Nothing when the bytes end within it. */
function headAt(bytes: Buffer, at: number): Head | undefined {
  const tag = varintAt(bytes, at);
  if (!tag) return undefined;
  const number = Math.floor(tag.value / 8);
  const start = tag.end;
  switch (tag.value % 8) {
    case VARINT: {
      const value = varintAt(bytes, start);
      return value && { number, isDelimited: false, start, length: value.end - start };
    }
    case FIXED_64:
      return { number, isDelimited: false, start, length: 8 };
    case FIXED_32:
      return { number, isDelimited: false, start, length: 4 };
    case DELIMITED: {
      const size = varintAt(bytes, start);
      return size && { number, isDelimited: true, start: size.end, length: size.value };
    }
    default:
      throw invalid();
  }
}

const MAX_VARINT_BYTES = 10;

function varintAt(
  bytes: Buffer,
  at: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let count = 0; count < MAX_VARINT_BYTES; count += 1) {
    const byte = bytes[at + count];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * count);
    if (byte < 0x80) return { value, end: at + count + 1 };
  }
  throw invalid();
}

function invalid(): GatewayError {
  return new GatewayError("MEDIA_INVALID", "The history is not what the phone's library writes.");
}
