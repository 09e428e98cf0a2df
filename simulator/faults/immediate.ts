import type { FaultKind } from "./faults.ts";

/** Faults that happen to the connections that are open now, and are over then. */
export function isImmediate(kind: FaultKind): boolean {
  return kind === "drop" || kind === "badFrame" || kind === "conflict" || kind === "streamError";
}
