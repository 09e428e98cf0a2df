import { GatewayError } from "../domain/errors.ts";
import type { DeliveryId, EventId, WebhookId } from "../domain/ids.ts";
import { newId } from "../lib/ids.ts";
import type { Writer } from "../store/writer.ts";
import type { DueDelivery } from "./due.ts";
import type { Payload } from "./payload.ts";
import { toDelivery } from "./records.ts";
import type { Delivery, Webhook } from "./webhooks.ts";

/** Writes a delivery of an event that never happened, and hands it over to be sent. */
export async function sendTest(
  { id, instanceId }: Webhook,
  parts: {
    readonly writer: Writer;
    readonly cursor: string;
    readonly now: number;
    readonly send: (id: WebhookId, due: DueDelivery) => boolean;
  },
): Promise<Delivery> {
  const { writer, cursor, now, send } = parts;
  const eventId = `evt_test_${newId()}` as EventId;
  const payload = JSON.stringify({
    id: eventId,
    type: "webhook.test",
    timestamp: new Date(now).toISOString(),
    instanceId,
    cursor,
    data: { webhookId: id },
  } satisfies Payload);
  const row = await writer.write((tx) =>
    tx.db.delivery.create({
      data: {
        id: `dlv_${newId()}`,
        webhookId: id,
        eventId,
        type: "webhook.test",
        payload,
        lane: "test",
        state: "PENDING",
        createdAt: new Date(now),
      },
    }),
  );
  const due = { id: row.id as DeliveryId, eventId, position: 0, lane: row.lane, payload, tries: 0 };
  const first = { nextAt: null, holdsUntil: null, late: false, event: null };
  if (!send(id, { ...due, ...first, replayed: false })) {
    await writer.write((tx) => tx.db.delivery.delete({ where: { id: row.id } }));
    throw new GatewayError("UNAVAILABLE", "Too many webhooks are being called. Try again shortly.");
  }
  return toDelivery(row);
}

/** Tests that a crash cut off: nobody waits for them any more, and they are tried only once. */
export async function failCutTests(writer: Writer, now: number): Promise<void> {
  await writer.write(
    (tx) => tx.db.$executeRaw`
      UPDATE "Delivery" SET state = 'FAILED', "doneAt" = ${now}
      WHERE "webhookId" IN (SELECT id FROM "Webhook")
        AND state = 'PENDING' AND NOT replayed AND position IS NULL`,
  );
}
