const LENGTH_BYTES = 3;
const HEADER_BYTES = 4;
/** "ED", two version bytes and a 3-byte length, in front of the routing info of a returning client. */
const ROUTING_PREFIX_BYTES = 7;

/** Cuts the byte stream of a client into frames: a WebSocket message may hold part of one or several. */
export class FrameReader {
  #buffer: Buffer = Buffer.alloc(0);
  #header: Buffer | undefined;

  /** The four bytes "WA" 6 3 that open the stream; they are mixed into the handshake's hash. */
  get header(): Buffer {
    if (this.#header === undefined) throw new Error("no stream header yet");
    return this.#header;
  }

  /** @throws {Error} when the stream does not begin as a WhatsApp client's does */
  push(chunk: Buffer): readonly Buffer[] {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    if (this.#header === undefined && !this.#readHeader()) return [];
    const frames: Buffer[] = [];
    while (this.#buffer.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + this.#buffer.readUIntBE(0, LENGTH_BYTES);
      if (this.#buffer.length < end) break;
      frames.push(this.#buffer.subarray(LENGTH_BYTES, end));
      this.#buffer = this.#buffer.subarray(end);
    }
    return frames;
  }

  #readHeader(): boolean {
    const start = this.#routingInfoBytes();
    if (start === undefined || this.#buffer.length < start + HEADER_BYTES) return false;
    const header = this.#buffer.subarray(start, start + HEADER_BYTES);
    if (header.toString("latin1", 0, 2) !== "WA") throw new Error("not a WhatsApp stream");
    this.#header = Buffer.from(header);
    this.#buffer = this.#buffer.subarray(start + HEADER_BYTES);
    return true;
  }

  #routingInfoBytes(): number | undefined {
    if (this.#buffer.length < 2) return undefined;
    if (this.#buffer.toString("latin1", 0, 2) !== "ED") return 0;
    if (this.#buffer.length < ROUTING_PREFIX_BYTES) return undefined;
    return ROUTING_PREFIX_BYTES + this.#buffer.readUIntBE(4, 3);
  }
}

export function frame(body: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(LENGTH_BYTES + body.length);
  framed.writeUIntBE(body.length, 0, LENGTH_BYTES);
  framed.set(body, LENGTH_BYTES);
  return framed;
}
