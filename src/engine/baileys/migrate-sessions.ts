import { fromBaileys } from "../../../libsignal/curve.ts";
import type { SignalDataSet } from "./library.ts";

type Stored = NonNullable<NonNullable<SignalDataSet["session"]>[string]>;

/** libsignal's record of all sessions with one device, by their base keys. At most one of them is open. */
interface SessionRecord {
  readonly sessions: Record<string, { readonly indexInfo: { closed: number } }>;
  serialize(): Stored;
}

const records = fromBaileys("libsignal/src/session_record.js") as {
  deserialize(stored: Stored): SessionRecord;
};

/** Closed sessions have the time of their closing here, open ones -1. */
const OPEN = -1;

/**
 * Adds the sessions of one record to another of the same device; of two open ones that of `into`
 * stays open. The others are kept closed: what the contact has sent under them is still readable.
 */
export function mergeSessions(into: Stored, from: Stored): Stored {
  const record = records.deserialize(into);
  const hasOpen = Object.values(record.sessions).some((each) => each.indexInfo.closed === OPEN);
  for (const [baseKey, session] of Object.entries(records.deserialize(from).sessions)) {
    if (baseKey in record.sessions) continue;
    if (hasOpen && session.indexInfo.closed === OPEN) session.indexInfo.closed = Date.now();
    record.sessions[baseKey] = session;
  }
  return record.serialize();
}
