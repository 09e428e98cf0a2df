import { setTimeout as sleep } from "node:timers/promises";
import { decodeCursor } from "../src/events/cursor.ts";
import { demand } from "./api.ts";
import type { Seen } from "./history.ts";

interface Page {
  readonly events: readonly { readonly id: string; readonly cursor: string }[];
  readonly cursor: string | null;
}

/** How often it looks for more, in milliseconds. */
const EVERY_MS = 150;

/** Reads the log page by page over REST, as a program without WebSockets does. */
export async function keepReading(
  url: string,
  seen: Seen[],
  { after, signal }: { after: string; signal: AbortSignal },
): Promise<void> {
  let cursor = after;
  while (!signal.aborted) {
    const path = `${url}/events?limit=200&after=${encodeURIComponent(cursor)}`;
    const page = await demand<Page>(path).catch(() => undefined);
    for (const event of page?.events ?? []) {
      seen.push({ id: event.id, position: decodeCursor(event.cursor).position });
    }
    cursor = page?.cursor ?? cursor;
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
