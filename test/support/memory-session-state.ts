import type { InboxEntry, KeyChanges, SessionState } from "../../src/engine/session-state.ts";

/** A session state in memory that a test can look into, slow down and break. */
export interface MemorySessionState extends SessionState {
  readonly keys: ReadonlyMap<string, Uint8Array>;
  readonly commits: readonly KeyChanges[];
  readonly open: ReadonlySet<string>;
  credentials: Uint8Array | undefined;
  /** Awaited before every answer. */
  delay: () => Promise<void>;
  /** Thrown by every commit while it is set. */
  failure: Error | undefined;
}

export function memorySessionState(): MemorySessionState {
  const keys = new Map<string, Uint8Array>();
  const commits: KeyChanges[] = [];
  const inbox = new Map<string, InboxEntry>();
  const open = new Set<string>();

  const state: MemorySessionState = {
    keys,
    commits,
    open,
    credentials: undefined,
    delay: () => Promise.resolve(),
    failure: undefined,
    async loadCredentials() {
      await state.delay();
      return state.credentials;
    },
    async wipeKeys() {
      await state.delay();
      if (state.failure !== undefined) throw state.failure;
      keys.clear();
    },
    async saveCredentials(bytes) {
      await state.delay();
      state.credentials = Buffer.from(bytes);
    },
    async readKeys(type, ids) {
      await state.delay();
      return new Map(
        ids.flatMap((id) => {
          const value = keys.get(`${type}/${id}`);
          return value === undefined ? [] : [[id, value] as const];
        }),
      );
    },
    async commit(changes) {
      await state.delay();
      if (state.failure !== undefined) throw state.failure;
      commits.push(changes);
      for (const { type, id, value } of changes.keys) {
        if (value === null) keys.delete(`${type}/${id}`);
        else keys.set(`${type}/${id}`, Buffer.from(value));
      }
      if (changes.inbox === undefined) return;
      inbox.set(changes.inbox.hash, changes.inbox);
      open.add(changes.inbox.hash);
    },
    async findInbox(hash) {
      await state.delay();
      return inbox.get(hash);
    },
    openInbox: () => Promise.resolve([...open].flatMap((hash) => inbox.get(hash) ?? [])),
    closeInbox(hashes) {
      for (const hash of hashes) open.delete(hash);
      return Promise.resolve();
    },
  };
  return state;
}
