import * as fc from "fast-check";
import QRCode from "qrcode";
import sharp from "sharp";
import { expect, test } from "vitest";
import { qrPng, qrSvg, qrTerminal } from "./qr.ts";

const BORDER = 4;
const texts = fc.string({ minLength: 1, maxLength: 200 });

/** Rows of 1 (dark) and 0, the white border included. */
function expected(text: string): readonly string[] {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: "L" }).modules;
  const side = "0".repeat(BORDER);
  const empty = Array.from({ length: BORDER }, () => "0".repeat(size + 2 * BORDER));
  const rows = Array.from(
    { length: size },
    (_, row) => side + [...data.subarray(row * size, (row + 1) * size)].join("") + side,
  );
  return [...empty, ...rows, ...empty];
}

/** One pixel of each module, from its middle. */
async function modulesOf(picture: Buffer, width: number): Promise<readonly string[]> {
  const { data, info } = await sharp(picture)
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const scale = info.width / width;
  const at = (row: number, column: number) =>
    data[Math.floor((row + 0.5) * scale) * info.width + Math.floor((column + 0.5) * scale)];
  return Array.from({ length: width }, (_, row) =>
    Array.from({ length: width }, (__, column) => ((at(row, column) ?? 0) < 128 ? 1 : 0)).join(""),
  );
}

test("the PNG and the SVG show the code, with its border", () =>
  fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const modules = expected(text);
      expect(await modulesOf(qrPng(text), modules.length)).toEqual(modules);
      const drawn = await sharp(Buffer.from(qrSvg(text)), { density: 72 * 8 })
        .png()
        .toBuffer();
      expect(await modulesOf(drawn, modules.length)).toEqual(modules);
    }),
    { numRuns: 20 },
  ));

test("the terminal shows two rows per line, dark on light", () =>
  fc.assert(
    fc.property(texts, (text) => {
      const rows = qrTerminal(text)
        .trimEnd()
        .split("\n")
        .flatMap((line) => [
          Array.from(line, (block) => (block === "█" || block === "▀" ? 0 : 1)).join(""),
          Array.from(line, (block) => (block === "█" || block === "▄" ? 0 : 1)).join(""),
        ]);
      const modules = expected(text);
      expect(rows.slice(0, modules.length)).toEqual(modules);
    }),
  ));

test("a picture is drawn once for many who ask", () => {
  expect(qrPng("again")).toBe(qrPng("again"));
});
