import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createVault } from "../store/vault.ts";
import type { Access, Shown } from "./access.ts";
import { createAccess } from "./access.ts";
import { credentialsIn } from "./credentials.ts";
import { makeKeyText } from "./key-text.ts";

const KEY = "a-key-that-is-long-enough-to-be-a-key";

function access(apiKey?: string, vaultKey = 1): Access {
  return createAccess({
    apiKey,
    keys: {
      recognize: () => ({ kind: "unknown" }),
      resume: () => ({ kind: "unknown" }),
      fingerprint: () => null,
    },
    vault: createVault(new Uint8Array(32).fill(vaultKey)),
  });
}

function nameOf(given: Access, shown: Shown): string | undefined {
  const found = given.authenticate(shown);
  return "refused" in found ? undefined : found.caller.name;
}

describe("access", () => {
  test("without a key everyone who reaches the gateway is its owner", () => {
    const open = access();
    expect(open.keyed).toBe(false);
    expect(nameOf(open, {})).toBe("local");
    expect(nameOf(open, { key: "anything" })).toBe("local");
    expect(nameOf(open, { session: "anything" })).toBe("local");
  });

  test("a key of ours that is not known opens nothing, even where no key is needed", () => {
    expect(nameOf(access(), { key: makeKeyText().text })).toBeUndefined();
    expect(nameOf(access(), { key: "wag_nonsense" })).toBeUndefined();
  });

  test("the key opens, nothing else does", () => {
    const keyed = access(KEY);
    expect(keyed.keyed).toBe(true);
    expect(nameOf(keyed, { key: KEY })).toBe("API_KEY");
    expect(nameOf(keyed, {})).toBeUndefined();
    fc.assert(
      fc.property(
        fc.string().filter((text) => text !== KEY),
        (guess) => {
          expect(nameOf(keyed, { key: guess })).toBeUndefined();
          expect(nameOf(keyed, { session: guess })).toBeUndefined();
        },
      ),
    );
  });

  test.each(["", KEY.slice(0, -1), `${KEY} `, KEY.toUpperCase()])("%j is refused", (guess) => {
    expect(nameOf(access(KEY), { key: guess })).toBeUndefined();
  });

  test("a session stands for the key it was opened with, and for nothing else", () => {
    const signedIn = (given: Access) => {
      const found = given.authenticate({ key: KEY });
      if ("refused" in found) throw new Error(found.refused);
      return given.signIn(found.caller)?.token ?? "";
    };
    const session = signedIn(access(KEY));
    expect(nameOf(access(KEY), { session })).toBe("API_KEY");
    expect(nameOf(access(`${KEY}2`), { session })).toBeUndefined();
    expect(nameOf(access(KEY, 2), { session })).toBeUndefined();
    const changed = session.slice(0, -6) + (session.endsWith("AAAAAA") ? "BBBBBB" : "AAAAAA");
    expect(nameOf(access(KEY), { session: changed })).toBeUndefined();
  });
});

describe("credentials", () => {
  test.each([
    [{ authorization: `Bearer ${KEY}` }, KEY],
    [{ authorization: `bearer ${KEY}` }, KEY],
    [{ Authorization: `Bearer ${KEY}` }, KEY],
    [{ "x-api-key": KEY }, KEY],
    [{ "X-API-Key": KEY }, KEY],
    [{ authorization: "Basic dTpw", "x-api-key": KEY }, KEY],
    [{ "x-api-key": "other", authorization: `Bearer ${KEY}` }, KEY],
    [{ authorization: KEY }, undefined],
    [{ authorization: { toString: KEY } }, undefined],
    [{}, undefined],
  ])("%j", (fields, credentials) => {
    expect(credentialsIn(fields)).toBe(credentials);
  });
});
