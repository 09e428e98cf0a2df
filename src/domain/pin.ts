/** @returns until when a message is pinned that was pinned then; null for one that was unpinned */
export function pinnedFor(seconds: number | null, at: Date): Date | null {
  return seconds === null ? null : new Date(at.getTime() + seconds * 1_000);
}
