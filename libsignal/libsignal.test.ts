import { AsyncLocalStorage } from "node:async_hooks";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import "./mended.ts";
import { curve, fromBaileys } from "./curve.ts";
import { slowCurve } from "./signatures.ts";

test("the fast signatures and libsignal's own accept each other's, and refuse what was changed", () => {
  expect(curve.verifySignature).not.toBe(slowCurve.verifySignature);
  for (let round = 0; round < 5; round += 1) {
    const { pubKey, privKey } = curve.generateKeyPair();
    const message = randomBytes(1 + round * 40);
    const fast = curve.calculateSignature(privKey, message);
    const slow = slowCurve.calculateSignature(privKey, message);
    for (const key of [pubKey, pubKey.subarray(1)]) {
      expect(curve.verifySignature(key, message, slow)).toBe(true);
      expect(curve.verifySignature(key, message, fast)).toBe(true);
    }
    expect(slowCurve.verifySignature(pubKey, message, fast)).toBe(true);
    const changed = Buffer.concat([message, Buffer.from("!")]);
    expect(curve.verifySignature(pubKey, changed, fast)).toBe(false);
    expect(slowCurve.verifySignature(pubKey, changed, fast)).toBe(false);
  }
});

test("Baileys signs with the fast ones, because they were there before it was", async () => {
  const { Curve, initAuthCreds } = await import("@whiskeysockets/baileys");
  const { signedIdentityKey } = initAuthCreds();
  const begun = performance.now();
  for (let n = 0; n < 20; n += 1)
    Curve.sign(Buffer.from(signedIdentityKey.private), randomBytes(32));
  // 20 in plain JavaScript take some 200 ms.
  expect(performance.now() - begun).toBeLessThan(60);
});

test("a job runs in its caller's context, whoever's job came before it", async () => {
  const { SessionCipher } = fromBaileys("libsignal") as {
    readonly SessionCipher: {
      readonly prototype: { queueJob<T>(job: () => Promise<T>): Promise<T> };
    };
  };
  const { queueJob } = SessionCipher.prototype;
  const cipher = { addr: "100000000000001.0", queueJob };
  const context = new AsyncLocalStorage<string>();
  const work = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return context.getStore();
  };
  const names = ["north", "south", "west"];
  const done = names.map((name) => context.run(name, () => cipher.queueJob(work)));
  expect(await Promise.all(done)).toEqual(names);
});

test("libsignal prints nothing, others print as before", async () => {
  // In a process of its own: here the test runner owns the console.
  const script = `
    import { createRequire } from "node:module";
    import "./mended.ts";
    const require = createRequire(createRequire(import.meta.url).resolve("@whiskeysockets/baileys"));
    const { SessionRecord } = require("libsignal");
    new SessionRecord().closeSession({ indexInfo: { closed: -1 }, privKey: "secret" });
    console.info("ours");
  `;
  const cwd = new URL(".", import.meta.url);
  const node = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    cwd,
  });
  expect(await node).toEqual({ stdout: "ours\n", stderr: "" });
});
