import type { Address } from "../domain/address.ts";

/**
 * Where a connection keeps what WhatsApp's encryption needs between two runs. Whoever opens the
 * connection hands it in, so the engine knows no database. All values are opaque bytes.
 */
export interface SessionState {
  /**
   * The credentials as last saved, or nothing for an instance that is not linked. A new link begins
   * with a new identity, so whoever has no credentials must have no keys either.
   */
  loadCredentials(): Promise<Uint8Array | undefined>;
  /** Forgets the keys of an earlier link, before a new one begins with a new identity. */
  wipeKeys(): Promise<void>;
  /** Latest wins; saved before it resolves. */
  saveCredentials(bytes: Uint8Array): Promise<void>;
  /** What is stored under these ids; ids without a value are left out. */
  readKeys(type: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * One transaction: all of it or nothing, durable before it resolves.
   * @throws GatewayError OWNERSHIP_LOST when another process owns the instance by now, STORE_FAILED when it could not be written (disk full).
   */
  commit(changes: KeyChanges): Promise<void>;
  /** The row of a ciphertext that was decrypted before, open or done. */
  findInbox(hash: string): Promise<InboxEntry | undefined>;
  /** Rows that never became events, oldest first: a crash came between. */
  openInbox(): Promise<readonly InboxEntry[]>;
  /** Marks rows that need no event (a sender key, a duplicate). The append marks those that do. */
  closeInbox(hashes: readonly string[]): Promise<void>;
}

export interface KeyChanges {
  readonly keys: readonly KeyChange[];
  readonly inbox?: InboxEntry;
}

/** `value: null` deletes. */
export interface KeyChange {
  readonly type: string;
  readonly id: string;
  readonly value: Uint8Array | null;
}

/** A decrypted message, stored with the ratchet that decrypted it and before WhatsApp gets its receipt. */
export interface InboxEntry {
  /** SHA-256 over sender and ciphertext, hex: the same stanza delivered again has the same hash. */
  readonly hash: string;
  /** The attributes of its stanza, and of its `enc` node under `enc`, as JSON. */
  readonly stanza: string;
  readonly plaintext: Uint8Array;
}

/** A key as it is stored, and its value as it was before it was sealed. */
export interface StoredKey {
  readonly type: string;
  readonly id: string;
  readonly value: Uint8Array;
}

/** All that a link consists of, so that it can move elsewhere. */
export interface SessionImage {
  readonly credentials: Uint8Array;
  readonly keys: readonly StoredKey[];
  readonly me: Address;
  readonly name: string | null;
}
