import { join } from "node:path";
import type { BlobStore } from "../blobs/blob-store.ts";
import { openDiskStore } from "../blobs/disk.ts";
import { createS3Store } from "../blobs/s3.ts";
import type { Config, MediaPlace } from "../config.ts";
import type { Log } from "../lib/log.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import { type KeptCopies, openCopies } from "../media/copies/copies.ts";
import type { Origin } from "../media/origin.ts";
import type { Database } from "../store/database.ts";

export interface CopyNeeds {
  readonly database: Database;
  readonly origin: Origin;
  readonly log: Log;
  /** What is always left on the disk. */
  readonly spareBytes: number | undefined;
}

/** The copies of attachments, and where they lie; nothing if none are to be kept. */
export async function keepCopies(
  { mediaStore, dataDir }: Config,
  { database, origin, log, spareBytes }: CopyNeeds,
): Promise<({ readonly copies: KeptCopies } & AsyncDisposable) | undefined> {
  if (mediaStore === undefined) return undefined;
  const { place, retentionBytes: maxBytes, retentionDays: days } = mediaStore;
  await using stack = new AsyncDisposableStack();
  const store = stack.use(await openPlace(place, dataDir, spareBytes));
  const parts = { database, origin, store, maxBytes, days, now: steadyNow, log };
  const copies = stack.use(await openCopies(parts));
  const open = stack.move();
  return { copies, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

async function openPlace(
  place: MediaPlace,
  dataDir: string,
  spareBytes: number | undefined,
): Promise<BlobStore> {
  return place.kind === "disk"
    ? openDiskStore(join(dataDir, "media"), spareBytes)
    : createS3Store(place);
}
