import type { Sql } from "../store/sql.ts";
import { sql } from "../store/sql.ts";

/**
 * The chat of an event, as webhooks filter by it. Groups, channels and the status feed are told by
 * the server part of the JID; everybody else is written to directly.
 */
const CHAT_KIND = sql`CASE
  WHEN e."chatId" LIKE '%@g.us' THEN 'GROUP'
  WHEN e."chatId" LIKE '%@newsletter' THEN 'CHANNEL'
  WHEN e."chatId" = 'status@broadcast' THEN 'STATUS'
  ELSE 'DIRECT' END`;

const DIRECTION = sql`CASE
  WHEN e.type NOT LIKE 'message.%' THEN NULL
  WHEN e."fromMe" OR e.type IN ('message.sent', 'message.status', 'message.failed') THEN 'OUTBOUND'
  ELSE 'INBOUND' END`;

/**
 * One statement for any number of events: a delivery for each webhook that wants one of them. It is
 * the definition of "wants", for live events and for replays alike.
 *
 * @param events a query with the columns position, id, instanceId, type, chatId and fromMe.
 * @param which narrows the webhooks `w`.
 */
export function insertDeliveries(
  events: Sql,
  { which, replayed, now }: { which: Sql; replayed: boolean; now: number },
): Sql {
  // Replayed deliveries have lanes of their own: a live event of the chat waits for none of them.
  const prefix = replayed ? "replay|" : "";
  const lane = sql`${prefix} || e."instanceId" || '|' || coalesce(e."chatId", '')`;
  return sql`
    INSERT INTO "Delivery"
      (id, "webhookId", position, "eventId", type, lane, replayed, state, tries, late, "createdAt")
    SELECT 'dlv_' || substr(e.id, 5) || lower(hex(randomblob(4))), w.id, e.position, e.id,
      e.type, ${lane}, ${replayed ? 1 : 0}, 'PENDING', 0, 0, ${now}
    FROM (${events}) AS e
    JOIN "Webhook" AS w ON w."instanceId" IS NULL OR w."instanceId" = e."instanceId"
    WHERE ${which}
      AND EXISTS (SELECT 1 FROM json_each(w.events) AS p WHERE e.type GLOB p.value)
      AND (w."chatKinds" IS NULL OR e."chatId" IS NULL
        OR EXISTS (SELECT 1 FROM json_each(w."chatKinds") AS k WHERE k.value = ${CHAT_KIND}))
      AND (w.direction IS NULL OR ${DIRECTION} IS NULL OR w.direction = ${DIRECTION})`;
}
