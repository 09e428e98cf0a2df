import { GatewayError } from "../domain/errors.ts";

/** Where a reader stands: all events up to and including `position` of the log `logId` were seen. */
export interface Cursor {
  readonly logId: string;
  readonly position: number;
}

/** The state of the log that a cursor is judged against. */
export interface LogExtent {
  readonly logId: string;
  /** The first position that is still kept; one above `head` when nothing is. */
  readonly oldest: number;
  readonly head: number;
}

const VERSION = "v1";
const SHAPE = /^v1:([A-Za-z0-9]{1,40}):(0|[1-9][0-9]{0,14})$/;

/** Opaque to callers: one and the same for queries, subscriptions, SSE, REST and replay. */
export function encodeCursor({ logId, position }: Cursor): string {
  return Buffer.from(`${VERSION}:${logId}:${position}`).toString("base64url");
}

/** @throws GatewayError CURSOR_INVALID */
export function decodeCursor(text: string): Cursor {
  const [, logId, position] = SHAPE.exec(Buffer.from(text, "base64url").toString("latin1")) ?? [];
  if (logId === undefined || position === undefined) {
    throw new GatewayError(
      "CURSOR_INVALID",
      "This is not a cursor of wagraph. Pass one that an event, a page or a stream position came with.",
    );
  }
  return { logId, position: Number(position) };
}

/**
 * The position to read after. A gap is never passed over in silence: what retention has removed, a
 * cursor of another database and one from the future (a restored backup) are each an error.
 * @throws GatewayError CURSOR_FOREIGN, CURSOR_AHEAD, CURSOR_EXPIRED (with `oldest` and `head` as cursors)
 */
export function positionAfter(cursor: Cursor, log: LogExtent): number {
  const oldest = encodeCursor({ logId: log.logId, position: log.oldest - 1 });
  const head = encodeCursor({ logId: log.logId, position: log.head });
  if (cursor.logId !== log.logId) {
    throw new GatewayError(
      "CURSOR_FOREIGN",
      "This cursor comes from another database. Start again from `oldest` or `head`.",
      { oldest, head },
    );
  }
  if (cursor.position > log.head) {
    throw new GatewayError(
      "CURSOR_AHEAD",
      "This cursor is ahead of the log: the database was restored from a backup. Start again from `head`.",
      { oldest, head },
    );
  }
  if (cursor.position < log.oldest - 1) {
    throw new GatewayError(
      "CURSOR_EXPIRED",
      "Events after this cursor have been removed by retention. Start again from `oldest`, and expect a gap.",
      { oldest, head },
    );
  }
  return cursor.position;
}
