import type { ReceivedMessage } from "../simulator/index.ts";
import type { History } from "./history.ts";
import type { LogRow, SentRow } from "./log-file.ts";

/** What a check judges: what was done and seen, and what is left in the end. */
export interface Evidence {
  readonly history: History;
  /** The log since the campaign began. */
  readonly log: readonly LogRow[];
  /** The gateway's own messages. */
  readonly sent: readonly SentRow[];
  /** What each phone shows, by its number. */
  readonly phones: ReadonlyMap<string, readonly ReceivedMessage[]>;
  readonly integrity: string;
  /** What the gateway had not finished when its time was up. */
  readonly unfinished: Readonly<Record<string, number>>;
}

/** A promise that was broken, with the part of the history that shows it. */
export interface Violation {
  readonly law: string;
  readonly what: string;
  readonly slice?: unknown;
}

/** What a check has counted and found. */
export interface Verdict {
  readonly counts: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
}

export type Check = (evidence: Evidence) => Verdict;

/** Everything in groups, each in the order in which it came. */
export function groupBy<T>(
  items: Iterable<T>,
  nameOf: (item: T) => string,
): ReadonlyMap<string, T[]> {
  return Map.groupBy(items, nameOf);
}
