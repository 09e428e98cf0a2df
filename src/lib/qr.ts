import { crc32, deflateSync } from "node:zlib";
import QRCode from "qrcode";

/** The white border that readers need, in modules (ISO/IEC 18004 section 6.3.8 asks for four). */
const QUIET_ZONE = 4;

/** Pixels per module: a WhatsApp QR has 49 to 57 modules, so the picture is about 500 pixels wide. */
const PNG_SCALE = 8;

/**
 * One picture per linking account is on show at a time, and each is asked for again and again by
 * polling pages; beyond this many the oldest are drawn anew.
 */
const CACHE_LIMIT = 100;

/** A square of dark and light modules, quiet zone included. */
interface Modules {
  readonly width: number;
  isDark(row: number, column: number): boolean;
}

/** A scalable picture with a white background. */
export const qrSvg: (text: string) => string = cached((text) => {
  const { width, isDark } = modulesOf(text);
  let path = "";
  for (let row = 0; row < width; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if (!isDark(row, column)) continue;
      const start = column;
      while (isDark(row, column + 1)) column += 1;
      path += `M${start} ${row}h${column - start + 1}v1H${start}z`;
    }
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${width}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${width}v${width}H0z"/><path d="${path}"/></svg>`
  );
});

/**
 * A black and white picture of one bit per pixel. Written here because the package's own PNG goes
 * through 32-bit pixels and holds the event loop several times as long.
 */
export const qrPng: (text: string) => Buffer = cached((text) => {
  const { width, isDark } = modulesOf(text);
  const size = width * PNG_SCALE;
  const bytesPerRow = Math.ceil(size / 8);
  const rows: Buffer[] = [];
  for (let row = 0; row < width; row += 1) {
    // The leading zero is the row's filter: none. In one-bit greyscale a set bit is white.
    const line = Buffer.alloc(1 + bytesPerRow);
    for (let x = 0; x < size; x += 1) {
      if (isDark(row, Math.floor(x / PNG_SCALE))) continue;
      const at = 1 + (x >> 3);
      line.writeUInt8(line.readUInt8(at) | (0x80 >> (x & 7)), at);
    }
    for (let copy = 0; copy < PNG_SCALE; copy += 1) rows.push(line);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // One bit per sample, greyscale, and the only compression, filter and interlace methods without surprises.
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(Buffer.concat(rows))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
});

/** For a terminal: two rows of modules per line, light modules as blocks, so that it reads on a dark background. */
export function qrTerminal(text: string): string {
  const { width, isDark } = modulesOf(text);
  const lines: string[] = [];
  for (let row = 0; row < width; row += 2) {
    let line = "";
    for (let column = 0; column < width; column += 1) {
      const upper = !isDark(row, column);
      const lower = row + 1 < width && !isDark(row + 1, column);
      line += upper ? (lower ? "█" : "▀") : lower ? "▄" : " ";
    }
    lines.push(line);
  }
  return `${lines.join("\n")}\n`;
}

function modulesOf(text: string): Modules {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: "L" }).modules;
  return {
    width: size + 2 * QUIET_ZONE,
    isDark(row, column) {
      const y = row - QUIET_ZONE;
      const x = column - QUIET_ZONE;
      return y >= 0 && y < size && x >= 0 && x < size && data[y * size + x] === 1;
    },
  };
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

function cached<T>(draw: (text: string) => T): (text: string) => T {
  const drawn = new Map<string, T>();
  return (text) => {
    const known = drawn.get(text);
    if (known !== undefined) return known;
    const picture = draw(text);
    const [oldest] = drawn.keys();
    if (drawn.size >= CACHE_LIMIT && oldest !== undefined) drawn.delete(oldest);
    drawn.set(text, picture);
    return picture;
  };
}
