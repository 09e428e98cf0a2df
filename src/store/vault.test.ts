import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createVault } from "./vault.ts";

const bytes = fc.uint8Array({ maxLength: 300 });

test("what was sealed opens for its own row, and only there", () => {
  const vault = createVault(randomBytes(32));
  fc.assert(
    fc.property(bytes, fc.string(), fc.string(), (plain, owner, other) => {
      const sealed = vault.seal(owner, plain);
      expect(vault.open(owner, sealed)).toEqual(Buffer.from(plain));
      if (other !== owner) expect(() => vault.open(other, sealed)).toThrow(/not the row/);
    }),
  );
});

test("a changed byte anywhere is noticed", () => {
  const vault = createVault(randomBytes(32));
  fc.assert(
    fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, where, flip) => {
      const sealed = vault.seal("row", plain);
      const at = where % sealed.length;
      sealed[at] = (sealed[at] ?? 0) ^ flip;
      expect(() => vault.open("row", sealed)).toThrow(/row/);
    }),
  );
});

test("the plain bytes are not in the sealed ones", () => {
  const secret = Buffer.from("a session's private key");
  expect(Buffer.from(createVault(randomBytes(32)).seal("row", secret)).includes(secret)).toBe(
    false,
  );
});

test("an old key still opens while a new one seals; a key that is gone opens nothing", () => {
  const [old, current] = [randomBytes(32), randomBytes(32)];
  const before = createVault(old).seal("row", Buffer.from("x"));
  const rotating = createVault(current, [old]);
  expect(rotating.open("row", before)).toEqual(Buffer.from("x"));
  const after = rotating.seal("row", Buffer.from("y"));
  expect(() => createVault(old).open("row", after)).toThrow(/a key that is not here/);
});
