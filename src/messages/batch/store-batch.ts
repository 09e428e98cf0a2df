import type { InstanceId } from "../../domain/ids.ts";
import type { OutgoingContent } from "../../domain/outgoing.ts";
import type { Tx } from "../../store/writer.ts";
import type { IdempotentCall } from "../idempotency.ts";
import { claimKey, releaseKey } from "../idempotency.ts";
import type { Spacing } from "./batch.ts";
import type { CheckedTarget } from "./check.ts";

/** Of one account, those that wait for their time or are paused included: 200,000 recipients. */
export const MAX_OPEN = 20;

/** A batch that was found good. */
export interface BatchDraft {
  readonly id: string;
  readonly instanceId: InstanceId;
  readonly content: OutgoingContent;
  readonly spacing: Spacing | null;
  readonly recipients: readonly CheckedTarget[];
  readonly scheduledAt: Date | null;
}

/** Makes a batch durable with all its recipients, unless its key was used before or the account takes no more. */
export async function storeBatch(
  tx: Tx,
  draft: BatchDraft,
  call: IdempotentCall | undefined,
): Promise<Awaited<ReturnType<typeof claimKey>> | { readonly kind: "full" | "unlinked" }> {
  const { id, instanceId, content, spacing, recipients, scheduledAt } = draft;
  if (call) {
    const claimed = await claimKey(tx, call, id);
    if (claimed.kind !== "mine") return claimed;
  }
  const refuse = async (kind: "full" | "unlinked") => {
    if (call) await releaseKey(tx, call);
    return { kind };
  };
  const instance = await tx.db.instance.findUnique({
    where: { id: instanceId },
    select: { linkedAt: true },
  });
  if (!instance?.linkedAt) return refuse("unlinked");
  const open = { instanceId, state: { in: ["RUNNING", "PAUSED"] } };
  if ((await tx.db.batch.count({ where: open })) >= MAX_OPEN) return refuse("full");
  await tx.db.batch.create({
    data: {
      id,
      instanceId,
      state: "RUNNING",
      content: JSON.stringify(content),
      spacing: spacing && JSON.stringify(spacing),
      total: recipients.length,
      scheduledAt,
      createdAt: new Date(),
    },
  });
  const rows = JSON.stringify(
    recipients.map(({ to, variables }) => [to, variables && JSON.stringify(variables)]),
  );
  await tx.db.$executeRaw`
    INSERT INTO "BatchRecipient" ("batchId", number, "to", variables)
    SELECT ${id}, key, value->>0, value->>1 FROM json_each(${rows})`;
  return { kind: "mine" };
}
