import {
  encodeBigEndian,
  generateSignalPubKey,
  KEY_BUNDLE_TYPE,
  type KeyPair,
  type SignedKeyPair,
  xmppPreKey,
  xmppSignedPreKey,
} from "@whiskeysockets/baileys";
import { type BinaryNode, bytesOf, childNamed, childrenNamed } from "../protocol/nodes.ts";

export interface PublicPreKey {
  readonly keyId: number;
  readonly publicKey: Uint8Array;
}

/** What is needed to open a Signal session with a device; public keys have 32 bytes here. */
export interface KeyBundle {
  readonly registrationId: number;
  readonly identity: Uint8Array;
  readonly signedPreKey: PublicPreKey & { readonly signature: Uint8Array };
  readonly preKey: PublicPreKey | undefined;
}

/** The form in which libsignal takes a bundle: public keys with their type byte in front. */
export function toSession(bundle: KeyBundle) {
  return {
    registrationId: bundle.registrationId,
    identityKey: generateSignalPubKey(bundle.identity),
    signedPreKey: prefixed(bundle.signedPreKey),
    ...(bundle.preKey === undefined ? {} : { preKey: prefixed(bundle.preKey) }),
  };
}

function prefixed<Key extends PublicPreKey>(key: Key): Key {
  return { ...key, publicKey: generateSignalPubKey(key.publicKey) };
}

/** The children of `<user>` in the answer to a key query, of `<keys>` in a retry receipt. */
export function bundleNodes(bundle: KeyBundle): BinaryNode[] {
  const signed: SignedKeyPair = {
    keyPair: pair(bundle.signedPreKey),
    keyId: bundle.signedPreKey.keyId,
    signature: bundle.signedPreKey.signature,
  };
  return [
    registrationNode(bundle.registrationId),
    { tag: "type", attrs: {}, content: KEY_BUNDLE_TYPE },
    { tag: "identity", attrs: {}, content: bundle.identity },
    ...(bundle.preKey === undefined ? [] : [xmppPreKey(pair(bundle.preKey), bundle.preKey.keyId)]),
    xmppSignedPreKey(signed),
  ];
}

function pair(key: PublicPreKey): KeyPair {
  return { public: key.publicKey, private: new Uint8Array() };
}

function registrationNode(registrationId: number): BinaryNode {
  return { tag: "registration", attrs: {}, content: encodeBigEndian(registrationId) };
}

/** @throws {Error} when a part is missing: the stanza is junk */
function readPreKey(node: BinaryNode): PublicPreKey {
  return { keyId: uint(bytesOf(node, "id")), publicKey: bytesOf(node, "value") };
}

/** What a device uploads: its bundle without a one-time key, and the one-time keys apart. */
export function readUpload(iq: BinaryNode): { bundle: KeyBundle; preKeys: PublicPreKey[] } {
  const preKeys = childrenNamed(childNamed(iq, "list"), "key").map(readPreKey);
  return { bundle: readBundle(iq, iq, undefined), preKeys };
}

/** The keys a device attaches to a retry receipt so that a fresh session can be opened. */
export function readRetryKeys(receipt: BinaryNode): KeyBundle | undefined {
  const keys = childNamed(receipt, "keys");
  if (keys === undefined) return undefined;
  const preKey = childNamed(keys, "key");
  return readBundle(receipt, keys, preKey === undefined ? undefined : readPreKey(preKey));
}

function readBundle(
  registered: BinaryNode,
  keys: BinaryNode,
  preKey: PublicPreKey | undefined,
): KeyBundle {
  const signed = childNamed(keys, "skey");
  if (signed === undefined) throw new Error("stanza without <skey>");
  return {
    registrationId: uint(bytesOf(registered, "registration")),
    identity: bytesOf(keys, "identity"),
    signedPreKey: { ...readPreKey(signed), signature: bytesOf(signed, "signature") },
    preKey,
  };
}

/** Reads a big-endian number of at most six bytes. */
export function uint(bytes: Uint8Array): number {
  return bytes.length === 0 ? 0 : Buffer.from(bytes).readUIntBE(0, bytes.length);
}
