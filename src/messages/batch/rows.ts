import { GatewayError } from "../../domain/errors.ts";
import type { InstanceId } from "../../domain/ids.ts";
import type { OutgoingContent } from "../../domain/outgoing.ts";
import type { Reader } from "../../store/database.ts";
import { columnsOf } from "../content/columns.ts";
import { MESSAGE_COLUMNS, toStored } from "../rows.ts";
import type { MessageKind } from "../../domain/content.ts";
import type {
  Batch,
  BatchError,
  BatchProgress,
  BatchRecipient,
  BatchState,
  Page,
  Spacing,
} from "./batch.ts";

/** A row of the table, as queries give it. */
export interface BatchRow {
  readonly id: string;
  readonly instanceId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly content: string;
  readonly spacing: string | null;
  readonly total: number;
  readonly examined: number;
  readonly scheduledAt: Date | null;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
}

export function toBatch({ content, ...row }: BatchRow): Batch {
  const { kind, text } = columnsOf(contentOf({ content }));
  return {
    ...row,
    instanceId: row.instanceId as InstanceId,
    state: row.state as BatchState,
    reason: row.reason as Batch["reason"],
    spacing: row.spacing === null ? null : (JSON.parse(row.spacing) as Spacing),
    // Changes are in no batch.
    kind: kind as MessageKind,
    text,
  };
}

export function contentOf({ content }: Pick<BatchRow, "content">): OutgoingContent {
  return JSON.parse(content) as OutgoingContent;
}

export async function findBatch(read: Reader, id: string): Promise<Batch | undefined> {
  const row = await read.batch.findUnique({ where: { id } });
  return row ? toBatch(row) : undefined;
}

export function batchNotFound(id: string): GatewayError {
  return new GatewayError(
    "BATCH_NOT_FOUND",
    `There is no batch "${id}". List those of the instance.`,
    {
      batchId: id,
    },
  );
}

/** The latest first. @throws GatewayError CURSOR_INVALID */
export async function listBatches(
  read: Reader,
  instanceId: string,
  { limit, after }: { readonly limit: number; readonly after?: string | null | undefined },
): Promise<Page<Batch>> {
  const rows = await read.batch.findMany({
    where: { instanceId, ...(after ? { id: { lt: after } } : {}) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  return { entries: rows.slice(0, limit).map(toBatch), more: rows.length > limit };
}

/** In the order of the list. */
export async function listRecipients(
  read: Reader,
  batchId: string,
  { limit, after }: { readonly limit: number; readonly after?: number | null | undefined },
): Promise<Page<BatchRecipient>> {
  const rows = await read.batchRecipient.findMany({
    where: { batchId, number: { gt: after ?? -1 } },
    orderBy: { number: "asc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const messages = await read.message.findMany({
    where: { uid: { in: page.flatMap(({ messageUid }) => messageUid ?? []) } },
    select: MESSAGE_COLUMNS,
  });
  const byUid = new Map(messages.map((row) => [row.uid, row]));
  const entries = page.map(({ number, to, messageUid, error }) => {
    const row = messageUid === null ? undefined : byUid.get(messageUid);
    return {
      index: number,
      to,
      message: row ? toStored(row) : null,
      error: error === null ? null : (JSON.parse(error) as BatchError),
    };
  });
  return { entries, more: rows.length > limit };
}

/** Which of the counts a message stands under. What is not kept any more was sent once. */
const STAGES: Readonly<Record<string, keyof BatchProgress>> = {
  QUEUED: "queued",
  SENDING: "queued",
  SERVER_ACK: "sent",
  DELIVERED: "delivered",
  READ: "read",
  PLAYED: "read",
  FAILED: "failed",
  EXPIRED: "failed",
  CANCELLED: "cancelled",
};

export async function readProgress(read: Reader, batch: Batch): Promise<BatchProgress> {
  const rows = await read.$queryRaw<{ isFailed: bigint; status: string | null; count: bigint }[]>`
    SELECT r.error IS NOT NULL AS "isFailed", m.status, count(*) AS count
    FROM "BatchRecipient" AS r LEFT JOIN "Message" AS m ON m.uid = r."messageUid"
    WHERE r."batchId" = ${batch.id} AND r.number < ${batch.examined} GROUP BY 1, 2`;
  const counts = { pending: 0, queued: 0, sent: 0, delivered: 0, read: 0, failed: 0, cancelled: 0 };
  for (const { isFailed, status, count } of rows) {
    const stage = Number(isFailed) === 1 ? "failed" : (STAGES[status ?? ""] ?? "sent");
    counts[stage] += Number(count);
  }
  const left = batch.total - batch.examined;
  counts[batch.state === "CANCELLED" ? "cancelled" : "pending"] += left;
  return counts;
}
