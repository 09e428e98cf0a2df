import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import "./mended.ts";
import { SignalDevice } from "../simulator/signal/signal-device.ts";
import { curve, fromBaileys } from "./curve.ts";

interface Entry {
  currentRatchet: object;
  indexInfo: object;
  addChain(key: Uint8Array, chain: object): void;
  serialize(): { readonly _chains: Readonly<Record<string, { readonly messageKeys: object }>> };
}

const record = fromBaileys("libsignal/src/session_record.js") as { createEntry(): Entry };

function session(): Entry {
  const entry = record.createEntry();
  const { pubKey, privKey } = curve.generateKeyPair();
  const [rootKey, baseKey] = [randomBytes(32), randomBytes(33)];
  entry.currentRatchet = {
    ephemeralKeyPair: { pubKey, privKey },
    lastRemoteEphemeralKey: pubKey,
    previousCounter: 0,
    rootKey,
  };
  entry.indexInfo = { baseKey, remoteIdentityKey: pubKey };
  return entry;
}

test("what is stored of a session has its latest ended chains, and all that go on", () => {
  const entry = session();
  const open = { chainKey: { counter: 0, key: randomBytes(32) }, chainType: 1, messageKeys: {} };
  entry.addChain(randomBytes(33), open);
  for (let at = 0; at < 30; at += 1) {
    const messageKeys = { [at]: randomBytes(32) };
    entry.addChain(randomBytes(33), { chainKey: { counter: at }, chainType: 2, messageKeys });
  }
  entry.addChain(randomBytes(33), { ...open, chainType: 2 });
  const kept = Object.values(entry.serialize()._chains).flatMap(({ messageKeys }) =>
    Object.keys(messageKeys),
  );
  expect(kept).toEqual(["25", "26", "27", "28", "29"]);
  expect(Object.keys(entry.serialize()._chains)).toHaveLength(7);
});

test("two people take a hundred turns, and what comes five turns late can be read", async () => {
  const [north, south] = [new SignalDevice(), new SignalDevice()];
  const [NORTH, SOUTH] = ["100000000000001@lid", "100000000000002@lid"] as const;
  await north.openSession(SOUTH, south.bundle());
  const late: { readonly text: string; readonly bytes: Uint8Array }[] = [];
  for (let turn = 0; turn < 100; turn += 1) {
    const held = await north.encrypt(SOUTH, Buffer.from(`late ${turn}`));
    const said = await north.encrypt(SOUTH, Buffer.from(`n${turn}`));
    const heard = await south.decrypt(NORTH, said.type, said.bytes);
    expect(Buffer.from(heard).toString()).toBe(`n${turn}`);
    if (turn > 0) late.push({ text: `late ${turn}`, bytes: held.bytes });
    if (late.length > 5) {
      const { text, bytes } = late.shift() ?? { text: "", bytes: new Uint8Array() };
      expect(Buffer.from(await south.decrypt(NORTH, "msg", bytes)).toString()).toBe(text);
    }
    const answer = await south.encrypt(NORTH, Buffer.from(`s${turn}`));
    await north.decrypt(SOUTH, answer.type, answer.bytes);
  }
});
