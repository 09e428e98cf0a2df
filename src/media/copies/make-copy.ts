import type { BlobStore } from "../../blobs/blob-store.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { Database } from "../../store/database.ts";
import type { Origin } from "../origin.ts";
import { proven } from "../../lib/proven.ts";
import { notDescribed } from "./not-described.ts";
import type { DueCopy } from "./rows.ts";
import { finish } from "./rows.ts";
import type { Space } from "./space.ts";

export interface MakeCopyParts {
  readonly database: Pick<Database, "writer">;
  readonly origin: Pick<Origin, "find" | "read">;
  readonly store: BlobStore;
  readonly space: Pick<Space, "reserve" | "release">;
  /** In milliseconds. */
  readonly now: () => number;
}

/**
 * Keeps an attachment: the name is written down first, then the file is made, and only when it is durable and
 * found to be what its message describes is it said to be there.
 * @throws GatewayError as `Origin.read`; BlobError
 */
export async function makeCopy(
  { database, origin, store, space, now }: MakeCopyParts,
  due: DueCopy,
  signal: AbortSignal,
): Promise<void> {
  const { uid, instanceId, media } = due;
  const { size, sha256 } = media;
  if (size === null || sha256 === null) {
    throw new GatewayError("MEDIA_INVALID", "The message lacks the checksum of its attachment.");
  }
  const facts = { size, sha256 };
  const reserved = await space.reserve(due, facts, signal);
  if (reserved.kind !== "name") return;
  const { id } = reserved;
  try {
    const bytes = proven(origin.read(await origin.find(uid), signal), facts, notDescribed);
    await store.put({ folder: instanceId, id }, bytes, facts, signal);
    await database.writer.write((tx) => finish(tx, uid, id, now()));
  } finally {
    space.release(id);
  }
}
