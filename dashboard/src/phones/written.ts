import { createStore, useStore } from "../api/store.ts";

/** What was written on a phone here; the simulator keeps only what phones receive. */
export interface Written {
  readonly id: string;
  readonly chat: string;
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

const store = createStore<ReadonlyMap<string, readonly Written[]>>(new Map());
const NONE: readonly Written[] = [];

export const useWritten = (phone: string): readonly Written[] => useStore(store).get(phone) ?? NONE;

export function note(phone: string, written: Written): void {
  const known = store.get();
  store.set(new Map([...known, [phone, [...(known.get(phone) ?? NONE), written]]]));
}
