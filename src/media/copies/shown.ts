import type { ErrorCode } from "../../domain/errors.ts";
import type { MediaCopy, MediaCopyState } from "../../domain/media-copy.ts";
import type { Message } from "../../domain/message.ts";
import type { Reader } from "../../store/database.ts";
import { attachedRows } from "../uids.ts";
import type { Facts } from "../../lib/proven.ts";

interface CopyRow {
  readonly at: bigint | number;
  readonly state: MediaCopyState;
  readonly storedAt: bigint | number | null;
  readonly error: ErrorCode | null;
}

/** How far the copies of these messages came. */
export async function copiesOf(
  read: Reader,
  messages: readonly Message[],
): Promise<ReadonlyMap<Message, MediaCopy>> {
  const rows = await read.$queryRaw<CopyRow[]>`
    SELECT n.key AS at, c.state, c.error,
      CASE WHEN c.state = 'STORED' THEN f."storedAt" + 0 END AS "storedAt"
    FROM ${attachedRows(messages)}
    JOIN "MediaCopy" AS c ON c."messageUid" = m.uid
    LEFT JOIN "MediaFile" AS f ON f.id = c."fileId"`;
  return new Map(
    rows.flatMap(({ at, state, storedAt, error }) => {
      const message = messages[Number(at)];
      if (message === undefined) return [];
      const copy = {
        state,
        storedAt: storedAt === null ? null : new Date(Number(storedAt)),
        error,
      };
      return [[message, copy] as const];
    }),
  );
}

/** A file that is there. */
export interface StoredFile extends Facts {
  readonly id: string;
  readonly instanceId: string;
}

/** The file that a message's copy is. */
export async function fileOf(read: Reader, uid: string): Promise<StoredFile | undefined> {
  const [row] = await read.$queryRaw<(Omit<StoredFile, "size"> & { size: bigint | number })[]>`
    SELECT f.id, f."instanceId", f.sha256, f.size FROM "MediaCopy" AS c
    JOIN "MediaFile" AS f ON f.id = c."fileId"
    WHERE c."messageUid" = ${uid} AND c.state = 'STORED'`;
  return row && { ...row, size: Number(row.size) };
}
