import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAccess } from "./access.ts";
import { credentialsIn } from "./credentials.ts";

const KEY = "a-key-that-is-long-enough-to-be-a-key";

describe("access", () => {
  test("without a key everyone who reaches the gateway is its owner", () => {
    const access = createAccess({});
    expect(access.keyed).toBe(false);
    expect(access.authenticate(undefined)).toEqual({ name: "local", admin: true });
    expect(access.authenticate("anything")).toEqual({ name: "local", admin: true });
  });

  test("the key opens, nothing else does", () => {
    const access = createAccess({ apiKey: KEY });
    expect(access.keyed).toBe(true);
    expect(access.authenticate(KEY)).toMatchObject({ admin: true });
    expect(access.authenticate(undefined)).toBeUndefined();
    fc.assert(
      fc.property(
        fc.string().filter((text) => text !== KEY),
        (guess) => {
          expect(access.authenticate(guess)).toBeUndefined();
        },
      ),
    );
  });

  test.each(["", KEY.slice(0, -1), `${KEY} `, KEY.toUpperCase()])("%j is refused", (guess) => {
    expect(createAccess({ apiKey: KEY }).authenticate(guess)).toBeUndefined();
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
