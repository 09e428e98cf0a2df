import { BlobError } from "../../blobs/blob-store.ts";
import type { ErrorCode } from "../../domain/errors.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { Setback } from "./rows.ts";

/** After the first that went wrong, in milliseconds; then four times as long each. */
const FIRST_MS = 5_000;

/** WhatsApp keeps an attachment for weeks: a quarter of a day between two tries loses nothing. */
const LONGEST_MS = 6 * 60 * 60_000;

/** Some 32 hours, with what lies between: whoever has not answered by then is asked by a reader. */
const MOST_ATTEMPTS = 12;

/** For what is nobody's fault and soon over, in milliseconds. */
const SOON_MS = 5_000;

/** What no further try would change. */
const FINAL: ReadonlySet<ErrorCode> = new Set(["MEDIA_GONE", "MEDIA_INVALID", "MEDIA_TOO_LARGE"]);

/**
 * What comes of an attempt that has thrown; nothing where it lies at the gateway or its store, and all copies have
 * to wait.
 * @param attempts how often it went wrong before
 */
export function setbackOf(error: unknown, attempts: number, now: number): Setback | undefined {
  // What is thrown beside that is the message's own doing, and must not hold up the others.
  const code = error instanceof GatewayError ? error.code : "MEDIA_UNREACHABLE";
  if (error instanceof BlobError || code === "STORE_FAILED") return undefined;
  if (FINAL.has(code)) return { dueAt: null, error: code };
  if (code === "UNAVAILABLE") return { dueAt: now + SOON_MS, attempts, error: null };
  const tried = attempts + 1;
  if (tried >= MOST_ATTEMPTS) return { dueAt: null, error: code };
  const delayMs = Math.min(LONGEST_MS, FIRST_MS * 4 ** attempts);
  return { dueAt: now + delayMs, attempts: tried, error: code };
}
