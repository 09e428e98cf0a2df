import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { proven } from "./proven.ts";

async function* each(pieces: readonly Uint8Array[]) {
  yield* pieces;
}

const factsOf = (bytes: Uint8Array) => ({
  size: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("base64"),
});

const refusal = () => new Error("not what it should be");

const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { maxLength: 6 });

test("what is right passes as it is, and of what is not never all", async () => {
  await fc.assert(
    fc.asyncProperty(pieces, pieces, async (given, described) => {
      const [bytes, wanted] = [Buffer.concat(given), Buffer.concat(described)];
      expect(await buffer(proven(each(given), factsOf(bytes), refusal))).toEqual(bytes);
      fc.pre(!bytes.equals(wanted));
      let length = 0;
      const read = async () => {
        for await (const piece of proven(each(given), factsOf(wanted), refusal))
          length += piece.length;
      };
      await expect(read()).rejects.toThrow("not what it should be");
      expect(length).toBeLessThan(Math.max(1, Math.min(bytes.length, wanted.length + 1)));
    }),
  );
});
