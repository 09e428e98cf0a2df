import { EVENT_TYPES, isEventPattern, matchesPattern } from "../domain/event.ts";
import { GatewayError } from "../domain/errors.ts";
import type { DeliveryId, WebhookId } from "../domain/ids.ts";
import type { Reader } from "../store/database.ts";
import { toAttempt, toDelivery } from "./records.ts";
import { DELIVERY_STATES } from "./webhooks.ts";
import type { Attempt, Delivery, DeliveryPage, DeliveryQuery } from "./webhooks.ts";

/**
 * Newest first. Each state is asked for by itself, along its index, which also holds the type: a
 * million delivered ones do not stand before the one that failed.
 * @throws GatewayError BAD_INPUT for a type that does not exist
 */
export async function readDeliveries(
  read: Reader,
  webhookId: WebhookId,
  { state, eventTypes, since, limit, after }: DeliveryQuery,
): Promise<DeliveryPage> {
  const type = eventTypes ? { type: { in: typesOf(eventTypes) } } : {};
  const id = { ...(after && { lt: after }), ...(since && { gte: firstIdSince(since) }) };
  const pages = await Promise.all(
    (state ? [state] : DELIVERY_STATES).map((each) =>
      read.delivery.findMany({
        where: { webhookId, state: each, id, ...type },
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

/** Of one event, by the time at which the webhooks were made; none when retention has removed it. */
export async function readDeliveriesOf(
  read: Reader,
  eventId: string,
): Promise<readonly Delivery[]> {
  const ids = await read.$queryRaw<{ id: string }[]>`
    SELECT d.id FROM "Event" AS e
    JOIN "Webhook" AS w ON w."instanceId" IS NULL OR w."instanceId" = e."instanceId"
    JOIN "Delivery" AS d ON d."webhookId" = w.id AND d.position = e.position
    WHERE e.id = ${eventId}`;
  const rows = await read.delivery.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: { webhookId: "asc" },
  });
  return rows.map(toDelivery);
}

export async function findDelivery(read: Reader, id: string): Promise<Delivery | undefined> {
  const row = await read.delivery.findUnique({ where: { id } });
  return row ? toDelivery(row) : undefined;
}

/** Of one delivery: two schedules of the usual length. What is probed or replayed over and over has thousands, of up to 16 KiB each. */
const MAX_ATTEMPTS = 20;

/** The last ones of each, the oldest first. */
export async function readAttempts(
  read: Reader,
  deliveryIds: readonly DeliveryId[],
): Promise<ReadonlyMap<DeliveryId, readonly Attempt[]>> {
  const last = await read.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM json_each(${JSON.stringify(deliveryIds)}) AS d JOIN "Attempt" AS a ON a.id IN (
      SELECT id FROM "Attempt" WHERE "deliveryId" = d.value ORDER BY id DESC LIMIT ${MAX_ATTEMPTS})`;
  const rows = await read.attempt.findMany({
    where: { id: { in: last.map(({ id }) => id) } },
    orderBy: { id: "asc" },
  });
  const byDelivery = Map.groupBy(rows, (row) => row.deliveryId as DeliveryId);
  return new Map(deliveryIds.map((id) => [id, (byDelivery.get(id) ?? []).map(toAttempt)]));
}

/** Of a test, which is no event of the log but is found by its name like one. */
const TEST = "webhook.test";

function typesOf(patterns: readonly string[]): string[] {
  const unknown = patterns.find((pattern) => pattern !== TEST && !isEventPattern(pattern));
  if (unknown !== undefined) {
    throw new GatewayError("BAD_INPUT", `There is no event type "${unknown}".`);
  }
  return [...EVENT_TYPES, TEST].filter((type) =>
    patterns.some((pattern) => matchesPattern(pattern, type)),
  );
}

/** The digits of a ULID (Crockford's base 32), whose first ten are its time in milliseconds. */
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_DIGITS = 10;

/** The id of a delivery begins with the time at which its event was logged, so a time is a place in the index. */
function firstIdSince(since: Date): string {
  let [rest, digits] = [Math.max(0, since.getTime()), ""];
  for (let at = 0; at < TIME_DIGITS; at += 1) {
    digits = (DIGITS[rest % DIGITS.length] ?? "") + digits;
    rest = Math.floor(rest / DIGITS.length);
  }
  return `dlv_${digits}`;
}
