import { asError, GatewayError } from "../../../domain/errors.ts";
import type { InboxEntry, KeyChange, SessionState } from "../../session-state.ts";
import type { SignalDataSet, SignalKeyStore } from "../library.ts";
import { decodeKey, encodeKey, type KeyType, type KeyValue, ownCopy } from "./codec.ts";
import { KeyCache } from "./key-cache.ts";

/** What one transaction changes: keys by type and id, and the message whose decryption changed them. */
export type KeyData = SignalDataSet & { readonly inbox?: Readonly<Record<string, InboxEntry>> };

export interface KeyStore extends SignalKeyStore {
  /** The row of a ciphertext that was decrypted before. */
  findInbox(hash: string): Promise<InboxEntry | undefined>;
  /**
   * Refuses every later change and resolves when those on their way are over. A connection that
   * has ended must not write into the state its successor has read.
   */
  seal(): Promise<void>;
}

/**
 * Baileys' key store over the session state: what is set is durable when `set` resolves, what was
 * read is remembered. `onFailure` hears of a state that cannot be reached before the call rejects,
 * so that the socket is gone before Baileys can answer WhatsApp.
 */
export function createKeyStore(
  state: SessionState,
  onFailure: (error: Error) => void,
): KeyStore & { set(data: KeyData): Promise<void> } {
  const cache = new KeyCache();
  const underway = new Set<Promise<void>>();
  let sealed = false;

  /** A read that fails counts too: libsignal takes it for "no session" and has WhatsApp told so. */
  async function reach<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      onFailure(asError(error));
      throw error;
    }
  }

  function commit(changes: readonly KeyChange[], inbox?: InboxEntry): Promise<void> {
    const all = inbox === undefined ? { keys: changes } : { keys: changes, inbox };
    return reach(() => state.commit(all));
  }

  return {
    async get<T extends KeyType>(type: T, ids: string[]) {
      const found: { [id: string]: KeyValue } = {};
      const missing: string[] = [];
      for (const id of ids) {
        const known = cache.get(type, id);
        if (known === undefined) missing.push(id);
        else if (known !== null) found[id] = ownCopy(known);
      }
      if (missing.length > 0) {
        const stored = await reach(() => state.readKeys(type, missing));
        for (const id of missing) {
          const bytes = stored.get(id);
          const value = cache.learn(type, id, bytes === undefined ? null : decodeKey(type, bytes));
          if (value !== null) found[id] = ownCopy(value);
        }
      }
      return found as { [id: string]: SignalDataTypeOf<T> };
    },

    findInbox: (hash) => reach(() => state.findInbox(hash)),

    async set(data: KeyData) {
      if (sealed) throw new GatewayError("UNAVAILABLE", "This connection has ended.");
      const { inbox, ...keys } = data;
      const changes = changesOf(keys);
      const [entry] = Object.values(inbox ?? {});
      if (changes.length === 0 && entry === undefined) return;
      const done = commit(changes.map(encoded), entry);
      underway.add(done);
      try {
        await done;
      } finally {
        underway.delete(done);
      }
      for (const { type, id, value } of changes) cache.put(type, id, value);
    },

    async seal() {
      sealed = true;
      await Promise.allSettled(underway);
    },
  };
}

type SignalDataTypeOf<T extends KeyType> = Awaited<ReturnType<SignalKeyStore["get"]>>[string] &
  import("../library.ts").SignalDataTypeMap[T];

interface Change {
  readonly type: KeyType;
  readonly id: string;
  readonly value: KeyValue | null;
}

function changesOf(data: SignalDataSet): readonly Change[] {
  return Object.entries(data).flatMap(([type, values]) =>
    Object.entries(values).map(([id, value]) => ({
      type: type as KeyType,
      id,
      value: (value ?? null) as KeyValue | null,
    })),
  );
}

function encoded({ type, id, value }: Change): KeyChange {
  return { type, id, value: value === null ? null : encodeKey(type, value) };
}
