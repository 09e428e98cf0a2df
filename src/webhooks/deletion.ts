import type { Writer } from "../store/writer.ts";
import { webhookNotFound } from "./records.ts";

/** Deliveries in one transaction, each with its attempts: a few milliseconds between the writes of others. */
const PAGE = 500;

/**
 * Removes a webhook and its history: in pieces, since the writer is shared, and the row last. What a crash cuts off
 * is disabled, and says why.
 * @param changed told, after the commit, that nothing more is to be sent, and at the end.
 * @throws GatewayError WEBHOOK_NOT_FOUND
 */
export async function deleteWebhook(
  writer: Writer,
  id: string,
  changed: () => void,
): Promise<void> {
  await writer.write(async (tx) => {
    const data = { enabled: false, disabledReason: "It is being deleted." };
    const { count } = await tx.db.webhook.updateMany({ where: { id }, data });
    if (count === 0) throw webhookNotFound(id);
    await tx.db.replay.deleteMany({ where: { webhookId: id } });
    tx.afterCommit(changed);
  });
  let removed: number;
  do {
    removed = await writer.write(
      ({ db }) => db.$executeRaw`
        DELETE FROM "Delivery" WHERE id IN (
          SELECT id FROM "Delivery" WHERE "webhookId" = ${id} LIMIT ${PAGE})`,
    );
  } while (removed === PAGE);
  await writer.write(async (tx) => {
    await tx.db.webhook.deleteMany({ where: { id } });
    tx.afterCommit(changed);
  });
}
