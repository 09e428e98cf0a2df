import * as fc from "fast-check";
import { expect, test } from "vitest";
import { memorySessionState } from "../../../../test/support/memory-session-state.ts";
import { SenderKeyRecord } from "@whiskeysockets/baileys/lib/Signal/Group/sender-key-record.js";
import { decodeKey, encodeKey, type KeyType, type KeyValue, readableSenderKey } from "./codec.ts";
import { KeyCache } from "./key-cache.ts";
import { createKeyStore } from "./key-store.ts";

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array));

const VALUES: Readonly<Record<Exclude<KeyType, "app-state-sync-key">, fc.Arbitrary<unknown>>> = {
  "pre-key": fc.record({ public: bytes(32), private: bytes(32) }),
  session: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer()), {
    noNullPrototype: true,
  }),
  "sender-key": bytes(40),
  "identity-key": bytes(33),
  "lid-mapping": fc.string({ minLength: 1 }),
  "sender-key-memory": fc.dictionary(fc.webUrl(), fc.boolean(), { noNullPrototype: true }),
  "app-state-sync-version": fc.record({ version: fc.nat(), hash: bytes(128) }),
  "device-list": fc.array(fc.nat().map(String)),
  tctoken: fc.record({ token: bytes(16), timestamp: fc.nat().map(String) }),
};

test.each(Object.entries(VALUES))("a %s survives being stored", (type, values) => {
  fc.assert(
    fc.property(values, (value) => {
      const stored = Uint8Array.from(encodeKey(type as KeyType, value as KeyValue));
      expect(decodeKey(type as KeyType, stored)).toEqual(value);
    }),
  );
});

test("what Baileys writes into a value it has read reaches neither cache nor store", async () => {
  const store = createKeyStore(memorySessionState(), () => {});
  await store.set({ "device-list": { a: ["0"] }, "sender-key-memory": { g: { x: true } } });
  (await store.get("device-list", ["a"]))["a"]?.push("7");
  Object.assign((await store.get("sender-key-memory", ["g"]))["g"] ?? {}, { y: true });
  expect(await store.get("device-list", ["a"])).toEqual({ a: ["0"] });
  expect(await store.get("sender-key-memory", ["g"])).toEqual({ g: { x: true } });
});

test("a value is read once, also when there is none, and written before it is believed", async () => {
  const state = memorySessionState();
  let reads = 0;
  const { readKeys } = state;
  state.readKeys = (type, ids) => {
    reads += 1;
    return readKeys(type, ids);
  };
  const store = createKeyStore(state, () => {});
  for (let n = 0; n < 3; n += 1) expect(await store.get("lid-mapping", ["1"])).toEqual({});
  expect(reads).toBe(1);
  state.failure = new Error("disk full");
  await expect(store.set({ "lid-mapping": { "1": "9" } })).rejects.toThrow("disk full");
  expect(await store.get("lid-mapping", ["1"])).toEqual({});
  state.failure = undefined;
  await store.set({ "lid-mapping": { "1": "9" } });
  expect(await store.get("lid-mapping", ["1"])).toEqual({ "1": "9" });
  await store.set({ "lid-mapping": { "1": null } });
  expect(await store.get("lid-mapping", ["1"])).toEqual({});
  expect(reads).toBe(1);
});

test("a failure is heard before the write rejects, and a sealed store writes no more", async () => {
  const state = memorySessionState();
  const order: string[] = [];
  const store = createKeyStore(state, () => order.push("heard"));
  state.failure = new Error("lost");
  await Promise.resolve(store.set({ "lid-mapping": { a: "b" } })).catch(() =>
    order.push("rejected"),
  );
  expect(order).toEqual(["heard", "rejected"]);

  state.failure = undefined;
  const gate = Promise.withResolvers<void>();
  state.delay = () => gate.promise;
  const late = store.set({ "lid-mapping": { a: "b" } });
  const sealed = store.seal().then(() => order.push("sealed"));
  await expect(store.set({ "lid-mapping": { c: "d" } })).rejects.toMatchObject({
    code: "UNAVAILABLE",
  });
  gate.resolve();
  await Promise.all([late, sealed]);
  expect([...state.keys.keys()]).toEqual(["lid-mapping/a"]);
});

test("the cache forgets what was unused longest and never keeps pre-keys", () => {
  const cache = new KeyCache();
  for (let n = 0; n < 256; n += 1) cache.put("lid-mapping", String(n), "x");
  cache.get("lid-mapping", "0");
  cache.put("lid-mapping", "one more", "x");
  expect(cache.get("lid-mapping", "0")).toBe("x");
  expect(cache.get("lid-mapping", "1")).toBeUndefined();
  cache.put("pre-key", "1", { public: Buffer.alloc(32), private: Buffer.alloc(32) });
  expect(cache.get("pre-key", "1")).toBeUndefined();
});

test("a slow read does not undo a write that overtook it", () => {
  const cache = new KeyCache();
  cache.put("lid-mapping", "1", "new");
  expect(cache.learn("lid-mapping", "1", "old")).toBe("new");
  expect(cache.get("lid-mapping", "1")).toBe("new");
});

test("of the keys of skipped messages in a group the latest are kept, as Baileys can read them", () => {
  const senderMessageKeys = Array.from({ length: 600 }, (_, iteration) => ({
    iteration,
    seed: { type: "Buffer", data: [...Buffer.alloc(32, iteration)] },
  }));
  const state = { senderKeyId: 7, senderChainKey: { iteration: 600 }, senderMessageKeys };
  const stored = readableSenderKey(Buffer.from(JSON.stringify([state])));
  expect(stored.length).toBeLessThan(26_000);
  const [kept] = SenderKeyRecord.deserialize(stored).serialize();
  expect(kept?.senderMessageKeys).toHaveLength(256);
  expect(kept?.senderMessageKeys[0]).toEqual({ iteration: 344, seed: Buffer.alloc(32, 344) });
  expect(kept).toMatchObject({ senderKeyId: 7, senderChainKey: { iteration: 600 } });
});
