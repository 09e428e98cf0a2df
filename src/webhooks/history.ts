import type { DeliveryId, WebhookId } from "../domain/ids.ts";
import type { Reader } from "../store/database.ts";
import { toAttempt, toDelivery } from "./records.ts";
import { DELIVERY_STATES } from "./webhooks.ts";
import type { Attempt, DeliveryPage, DeliveryQuery } from "./webhooks.ts";

/** Newest first. Each state is asked for by itself, along its index: a million delivered ones do not stand before the one that failed. */
export async function readDeliveries(
  read: Reader,
  webhookId: WebhookId,
  { state, limit, after }: DeliveryQuery,
): Promise<DeliveryPage> {
  const pages = await Promise.all(
    (state ? [state] : DELIVERY_STATES).map((each) =>
      read.delivery.findMany({
        where: { webhookId, state: each, ...(after ? { id: { lt: after } } : {}) },
        orderBy: { id: "desc" },
        take: limit + 1,
      }),
    ),
  );
  const rows = pages.flat().toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return {
    deliveries: rows.slice(0, limit).map(toDelivery),
    hasNextPage: rows.length > limit,
  };
}

export async function readAttempts(
  read: Reader,
  deliveryIds: readonly DeliveryId[],
): Promise<ReadonlyMap<DeliveryId, readonly Attempt[]>> {
  const rows = await read.attempt.findMany({
    where: { deliveryId: { in: [...deliveryIds] } },
    orderBy: { id: "asc" },
  });
  const byDelivery = Map.groupBy(rows, (row) => row.deliveryId as DeliveryId);
  return new Map(deliveryIds.map((id) => [id, (byDelivery.get(id) ?? []).map(toAttempt)]));
}
