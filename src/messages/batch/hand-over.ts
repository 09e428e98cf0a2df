import { GatewayError } from "../../domain/errors.ts";
import type { InstanceId } from "../../domain/ids.ts";
import type { Instance } from "../../domain/instance.ts";
import type { OutgoingContent } from "../../domain/outgoing.ts";
import { newId } from "../../lib/ids.ts";
import type { Database } from "../../store/database.ts";
import type { Tx } from "../../store/writer.ts";
import type { Recipient, Recipients } from "../recipients.ts";
import { storeSend } from "../store-send.ts";
import type { BatchError } from "./batch.ts";
import type { BatchRow } from "./rows.ts";
import { contentOf } from "./rows.ts";
import { filled } from "./template.ts";

export interface HandOverNeeds {
  readonly database: Database;
  readonly recipients: Recipients;
  readonly instance: (id: InstanceId) => Promise<Instance>;
  /** Gives a message a file of its own, which costs no room. @returns its path */
  readonly linkFile: (uid: string, from: string) => Promise<string>;
  readonly discardFile: (uid: string) => Promise<void>;
}

/** A recipient whose message is ready, or cannot be made. */
type Ready = { readonly number: number } & (
  | { readonly kind: "error"; readonly error: BatchError }
  | {
      readonly kind: "message";
      readonly uid: string;
      readonly recipient: Recipient;
      readonly content: OutgoingContent;
    }
);

/** What became of a page: how many recipients it settled, and whether the queue had no room for the rest. */
export interface HandedOver {
  readonly examined: number;
  readonly isFull: boolean;
}

/**
 * Makes messages for the next recipients. Messages, results and the place in the list are one transaction, so
 * that a crash neither repeats a recipient nor leaves one out; a batch that was paused meanwhile is left alone.
 */
export async function handOver(
  needs: HandOverNeeds,
  row: BatchRow,
  limit: number,
): Promise<HandedOver> {
  const { database, instance: find, discardFile } = needs;
  const instance = await find(row.instanceId as InstanceId);
  const ready = await makeReady(needs, row, limit);
  const unused = new Set(ready.flatMap((each) => (each.kind === "message" ? [each.uid] : [])));
  try {
    const { stored, ...handed } = await database.writer.write((tx) =>
      storePage(tx, { row, instance, ready }),
    );
    for (const uid of stored) unused.delete(uid);
    return handed;
  } finally {
    await Promise.all(Array.from(unused, (uid) => discardFile(uid)));
  }
}

/** Nobody is asked who has a number: that is done when it is sent, at the pace of the account. */
async function makeReady(
  { database, recipients, linkFile }: HandOverNeeds,
  row: BatchRow,
  limit: number,
): Promise<readonly Ready[]> {
  const template = contentOf(row);
  const targets = await database.read.batchRecipient.findMany({
    where: { batchId: row.id, number: { gte: row.examined } },
    orderBy: { number: "asc" },
    take: limit,
  });
  const ready: Ready[] = [];
  for (const { number, to, variables } of targets) {
    try {
      const recipient = await recipients.resolve(row.instanceId as InstanceId, to);
      const values = variables === null ? null : (JSON.parse(variables) as Record<string, string>);
      const content = values ? filled(template, values) : template;
      const uid = newId();
      const own =
        "path" in content ? { ...content, path: await linkFile(uid, content.path) } : content;
      ready.push({ number, kind: "message", uid, recipient, content: own });
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      const { code, message } = error;
      ready.push({ number, kind: "error", error: { code, message } });
    }
  }
  return ready;
}

async function storePage(
  tx: Tx,
  page: { readonly row: BatchRow; readonly instance: Instance; readonly ready: readonly Ready[] },
): Promise<HandedOver & { readonly stored: readonly string[] }> {
  const { instance, ready } = page;
  const { id, total } = page.row;
  const now = await tx.db.batch.findUnique({ where: { id } });
  if (now?.state !== "RUNNING" || now.examined !== page.row.examined) {
    return { examined: 0, isFull: false, stored: [] };
  }
  const results: (readonly [number, string | null, string | null])[] = [];
  const stored: string[] = [];
  let refused: "full" | "unlinked" | undefined;
  for (const each of ready) {
    if (each.kind === "error") {
      results.push([each.number, null, JSON.stringify(each.error)]);
      continue;
    }
    const { uid, recipient, content, number } = each;
    const beside = { typingMs: 0, parts: [], audience: null, scheduledAt: null };
    const unresolved = !recipient.isResolved;
    const draft = { uid, instance, recipient, content, unresolved, ...beside };
    const { kind } = await storeSend(tx, draft, undefined);
    if (kind === "full" || kind === "unlinked") {
      refused = kind;
      break;
    }
    stored.push(uid);
    results.push([number, uid, null]);
  }
  await tx.db.$executeRaw`
    UPDATE "BatchRecipient" SET "messageUid" = v.value->>1, error = v.value->>2
    FROM json_each(${JSON.stringify(results)}) AS v
    WHERE "batchId" = ${id} AND number = v.value->>0`;
  const examined = now.examined + results.length;
  const isDone = examined >= total;
  // Its link is gone: from the next phone that is linked, it leaves only when somebody says so.
  const paused = refused === "unlinked" ? { state: "PAUSED", reason: "NOT_LINKED" } : {};
  const done = isDone ? { state: "DONE", doneAt: new Date() } : {};
  await tx.db.batch.update({ where: { id }, data: { examined, ...paused, ...done } });
  return { examined: results.length, isFull: refused === "full", stored };
}
