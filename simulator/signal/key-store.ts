import type { SignalDataSet, SignalDataTypeMap, SignalKeyStore } from "@whiskeysockets/baileys";

/**
 * One-time keys that were handed out and never used. Every first message asks for one and most are
 * used at once; beyond this many the oldest are worthless leftovers of clients that are gone.
 */
const MAX_PRE_KEYS = 2_000;

/** Signal state of one simulated phone, in memory: it lives and dies with the simulator. */
export class MemoryKeyStore implements SignalKeyStore {
  readonly #types = new Map<string, Map<string, unknown>>();

  get<T extends keyof SignalDataTypeMap>(
    type: T,
    ids: string[],
  ): Record<string, SignalDataTypeMap[T]> {
    const stored = this.#types.get(type);
    const found: Record<string, SignalDataTypeMap[T]> = {};
    for (const id of ids) {
      const value = stored?.get(id);
      if (value !== undefined) found[id] = value as SignalDataTypeMap[T];
    }
    return found;
  }

  set(data: SignalDataSet): void {
    for (const [type, values] of Object.entries(data)) {
      const stored = this.#types.get(type) ?? new Map<string, unknown>();
      this.#types.set(type, stored);
      for (const [id, value] of Object.entries(values)) {
        if (value === null) stored.delete(id);
        else stored.set(id, value);
      }
      if (type === "pre-key") dropOldest(stored, MAX_PRE_KEYS);
    }
  }
}

function dropOldest(stored: Map<string, unknown>, limit: number): void {
  for (const id of stored.keys()) {
    if (stored.size <= limit) return;
    stored.delete(id);
  }
}
