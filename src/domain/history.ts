export const HISTORY_PHASES = ["INITIAL", "RECENT", "FULL", "ON_DEMAND", "NAMES"] as const;

/** Which part of its history a phone hands over. */
export type HistoryPhase = (typeof HISTORY_PHASES)[number];

/** What has come of a phone's history so far. */
export interface HistoryProgress {
  /** Of the part that came last. */
  readonly phase: HistoryPhase;
  /** From 0 to 100, as the phone says it; null where it does not. */
  readonly percent: number | null;
  /** What is new of it: what was here already is not counted. */
  readonly chats: number;
  readonly contacts: number;
  readonly messages: number;
}
