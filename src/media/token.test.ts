import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createVault } from "../store/vault.ts";
import { readToken, tokenOf } from "./token.ts";

const key = randomBytes(32);

const grants = fc.record({
  instanceId: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/),
  uid: fc.stringMatching(/^[0-9A-Z]{26}$/),
  expiresAt: fc.integer({ min: 1, max: 4_102_444_800_000 }),
});

test("a token grants what was signed, until its time, and fits a path as it is", () => {
  fc.assert(
    fc.property(grants, (grant) => {
      const token = tokenOf(grant, key);
      expect(encodeURIComponent(token)).toBe(token);
      expect(readToken(token, [randomBytes(32), key], grant.expiresAt - 1)).toEqual(grant);
      expect(readToken(token, [key], grant.expiresAt)).toBeUndefined();
      expect(readToken(token, [randomBytes(32)], 0)).toBeUndefined();
    }),
  );
});

test("a token that was changed anywhere grants nothing", () => {
  const grant = { instanceId: "shop", uid: "01J0000000000000000000000", expiresAt: 2_000 };
  const token = tokenOf(grant, key);
  fc.assert(
    fc.property(
      fc.nat(token.length - 1),
      fc.constantFrom("A", "a", "0", "-", "_", ".", "z", "9"),
      (at, character) => {
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        // The last digit of base64 carries two bits that mean nothing.
        fc.pre(changed !== token && at < token.length - 1);
        expect(readToken(changed, [key], 0)).toBeUndefined();
      },
    ),
  );
  for (const text of ["", "a.b.c.d", `${token}.`, `.${token}`, token.slice(0, -1)]) {
    expect(readToken(text, [key], 0)).toBeUndefined();
  }
});

test("links of before a change of the encryption key stay good", () => {
  const [before, after] = [randomBytes(32), randomBytes(32)];
  const [old = new Uint8Array()] = createVault(before).derive("media links");
  const token = tokenOf({ instanceId: "shop", uid: "01J", expiresAt: 9 }, old);
  expect(readToken(token, createVault(after, [before]).derive("media links"), 0)).toBeDefined();
  expect(readToken(token, createVault(after).derive("media links"), 0)).toBeUndefined();
  expect(old).not.toEqual(createVault(before).derive("something else")[0]);
  expect(Buffer.from(old).equals(before)).toBe(false);
});
