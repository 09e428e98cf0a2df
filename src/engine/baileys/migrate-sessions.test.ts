import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { mergeSessions } from "./migrate-sessions.ts";

const key = () => randomBytes(32).toString("base64");

/** A record with one session, as libsignal stores it. */
function recordOf(baseKey: string, closed: number): never {
  const session = {
    registrationId: 1,
    currentRatchet: {
      ephemeralKeyPair: { pubKey: key(), privKey: key() },
      lastRemoteEphemeralKey: key(),
      previousCounter: 0,
      rootKey: key(),
    },
    indexInfo: { baseKey, baseKeyType: 1, closed, used: 1, created: 1, remoteIdentityKey: key() },
    _chains: {},
  };
  return { _sessions: { [baseKey]: session }, version: "v1" } as never;
}

interface Merged {
  readonly _sessions: Readonly<Record<string, { readonly indexInfo: { readonly closed: number } }>>;
}

test("of two open sessions the one that was moved stays open, and the other can still be read with", () => {
  const [moved, kept] = [key(), key()];
  const merged = mergeSessions(recordOf(moved, -1), recordOf(kept, -1)) as unknown as Merged;
  expect(Object.keys(merged._sessions).toSorted()).toEqual([moved, kept].toSorted());
  expect(merged._sessions[moved]?.indexInfo.closed).toBe(-1);
  expect(merged._sessions[kept]?.indexInfo.closed).toBeGreaterThan(0);
});

test("a session that both have is taken once, as it was moved", () => {
  const same = key();
  const merged = mergeSessions(recordOf(same, -1), recordOf(same, 5)) as unknown as Merged;
  expect(Object.values(merged._sessions).map(({ indexInfo }) => indexInfo.closed)).toEqual([-1]);
});
