import type { ErrorCode } from "./errors.ts";

export const MEDIA_COPY_STATES = ["PENDING", "STORED", "FAILED", "REMOVED"] as const;

export type MediaCopyState = (typeof MEDIA_COPY_STATES)[number];

/** The gateway's own copy of an attachment, and how far it came. */
export interface MediaCopy {
  readonly state: MediaCopyState;
  /** Null unless it is stored. */
  readonly storedAt: Date | null;
  /** What went wrong last; null when all is well. */
  readonly error: ErrorCode | null;
}
