import { BufferJSON, proto, type SignalDataTypeMap } from "../library.ts";

export type KeyType = keyof SignalDataTypeMap;
export type KeyValue = SignalDataTypeMap[KeyType];

/**
 * How one value of Baileys' key store becomes bytes and back. The frequent kinds have a form of
 * their own: BufferJSON visits every member of a session twice per message.
 */
export function encodeKey(type: KeyType, value: KeyValue): Uint8Array {
  switch (type) {
    case "sender-key":
    case "identity-key":
      return value as Uint8Array;
    case "lid-mapping":
      return Buffer.from(value as string);
    case "pre-key": {
      const pair = value as SignalDataTypeMap["pre-key"];
      return Buffer.concat([pair.public, pair.private]);
    }
    case "session":
      // libsignal hands its records over as plain objects with base64 strings, whatever Baileys' types say.
      return Buffer.from(JSON.stringify(value));
    case "sender-key-memory":
    case "app-state-sync-key":
    case "app-state-sync-version":
    case "device-list":
    case "tctoken":
      return Buffer.from(JSON.stringify(value, BufferJSON.replacer));
  }
}

/** @throws SyntaxError or TypeError when the bytes are not what `encodeKey` wrote. */
export function decodeKey(type: KeyType, bytes: Uint8Array): KeyValue {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (type) {
    case "sender-key":
    case "identity-key":
      return buffer;
    case "lid-mapping":
      return buffer.toString();
    case "pre-key":
      return { public: buffer.subarray(0, 32), private: buffer.subarray(32) };
    case "session":
      return JSON.parse(buffer.toString()) as KeyValue;
    case "app-state-sync-key": {
      const plain = JSON.parse(buffer.toString(), BufferJSON.reviver) as Record<string, unknown>;
      return proto.Message.AppStateSyncKeyData.fromObject(plain);
    }
    case "sender-key-memory":
    case "app-state-sync-version":
    case "device-list":
    case "tctoken":
      return JSON.parse(buffer.toString(), BufferJSON.reviver) as KeyValue;
  }
}

/**
 * A value that the receiver may change. Baileys writes into the device lists and sender-key
 * memories it reads before it stores them, which must not reach a cache: a send that fails in
 * between would leave a group member without the key.
 */
export function ownCopy(value: KeyValue): KeyValue {
  if (Array.isArray(value)) return [...value];
  if (typeof value === "string" || value instanceof Uint8Array) return value;
  return { ...value };
}

/**
 * Keys of skipped messages that are kept for one sender in one group: some 25 KB. Baileys would keep 2,000,
 * and a member whose own Baileys skips one with every message has as many soon: 150 KB to read, seal and
 * write for each message. What comes later than 256 others of its sender is asked for again, and is then
 * sent to us alone.
 */
const SKIPPED_KEYS = 256;

/**
 * A sender key that Baileys can read again in full. It writes the keys of messages it has skipped as
 * arrays of numbers and reads only base64, so that no message of a group that came late could ever be
 * decrypted. Of those keys the latest are kept.
 */
export function readableSenderKey(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  if (!text.includes('"senderMessageKeys":[{')) return bytes;
  const states = JSON.parse(text) as readonly { senderMessageKeys?: unknown[] }[];
  for (const state of states) {
    if (state.senderMessageKeys)
      state.senderMessageKeys = state.senderMessageKeys.slice(-SKIPPED_KEYS);
  }
  return Buffer.from(JSON.stringify(states, BufferJSON.replacer));
}
