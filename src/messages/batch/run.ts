import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../../store/database.ts";
import type { BatchRow } from "./rows.ts";
import type { HandedOver } from "./hand-over.ts";
import type { Spacing } from "./batch.ts";

export interface RunParts {
  readonly database: Pick<Database, "read">;
  readonly handOver: (row: BatchRow, limit: number) => Promise<HandedOver>;
  /** Told, after each commit, that a batch has come further. */
  readonly moved: (row: BatchRow) => void;
  /** Told what kept a page from being written. */
  readonly failed: (error: unknown) => void;
}

/** Recipients whose messages are written in one transaction: some milliseconds between the writes of others. */
const PAGE = 20;

/**
 * Of one batch, so many wait in the queue: enough that its sender never waits, and few enough that a pause is felt
 * at once and that others' messages are not behind thousands.
 */
const WAITING = 40;

/** How soon it is looked whether there is room in the queue (milliseconds); later and later while nothing leaves. */
const LOOK_MS = 200;
const LOOK_AT_LEAST_MS = 5_000;

/** After the database could not be read or written (milliseconds). */
const AGAIN_MS = 1_000;

/** How long a scheduled batch sleeps at most (milliseconds): the machine's clock may be set. */
const LONGEST_SLEEP_MS = 15_000;

/** Puts a batch into the queue of its account, page by page, until it is done or stopped. */
export async function runBatch(parts: RunParts, id: string, signal: AbortSignal): Promise<void> {
  let look = LOOK_MS;
  for (;;) {
    signal.throwIfAborted();
    try {
      const row = await parts.database.read.batch.findUnique({ where: { id } });
      if (row?.state !== "RUNNING") return;
      const wait = waitFor(row);
      if (wait > 0) {
        await sleep(Math.min(wait, LONGEST_SLEEP_MS), undefined, { signal });
        continue;
      }
      const spacing = row.spacing === null ? null : (JSON.parse(row.spacing) as Spacing);
      const room = (spacing ? 1 : WAITING) - (await countWaiting(parts, row));
      if (room <= 0) {
        await sleep(look, undefined, { signal });
        look = Math.min(2 * look, LOOK_AT_LEAST_MS);
        continue;
      }
      // From the moment on at which the last one has left: a pause in the connection is made up by no burst.
      if (spacing && row.examined > 0) await sleep(pauseOf(spacing), undefined, { signal });
      const { examined, isFull } = await parts.handOver(row, spacing ? 1 : Math.min(room, PAGE));
      if (examined > 0) look = LOOK_MS;
      parts.moved(row);
      if (isFull) await sleep(AGAIN_MS, undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      parts.failed(error);
      await sleep(AGAIN_MS, undefined, { signal });
    }
  }
}

function waitFor({ scheduledAt }: BatchRow): number {
  return scheduledAt ? scheduledAt.getTime() - Date.now() : 0;
}

function pauseOf({ delayMs, jitter }: Spacing): number {
  return delayMs * (1 + jitter * Math.random());
}

/** Only the last ones are looked at: one that is held up by itself holds nobody up. */
async function countWaiting({ database }: RunParts, row: BatchRow): Promise<number> {
  const [found] = await database.read.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM "BatchRecipient" AS r JOIN "Message" AS m ON m.uid = r."messageUid"
    WHERE r."batchId" = ${row.id} AND r.number >= ${row.examined - 2 * WAITING} AND +m.status = 'QUEUED'`;
  return Number(found?.count ?? 0);
}
