import type { DeliveryId, WebhookId } from "../domain/ids.ts";
import { newId } from "../lib/ids.ts";
import { sql } from "../store/sql.ts";
import type { BatchJob } from "../store/writer.ts";
import type { AttemptRecord } from "./post.ts";
import { HOUR_MS } from "./statistics.ts";
import type { DeliveryState } from "./webhooks.ts";

/** What a try leaves behind. Times are milliseconds since 1970. */
export interface Settlement {
  readonly deliveryId: DeliveryId;
  readonly webhookId: WebhookId;
  readonly attempt: AttemptRecord;
  readonly state: DeliveryState;
  readonly nextAt: number | null;
  readonly holdsUntil: number | null;
  readonly late: boolean;
  /** Whether it was one of the delivery's tries. */
  readonly counts: boolean;
  readonly doneAt: number | null;
}

/**
 * Writes the attempts of many deliveries, what became of them and what that adds to their webhooks'
 * statistics, in three statements whatever their number. What was deleted meanwhile is passed over: an
 * attempt at nothing must not fail the others.
 * @param settled told, after the commit, whose deliveries they were.
 */
export function settling(
  settled: (webhookIds: Iterable<WebhookId>) => void,
): BatchJob<Settlement, void> {
  return async (tx, settlements) => {
    const rows = JSON.stringify(settlements.map(asRow));
    await tx.db.$executeRaw`
      UPDATE "Delivery" SET state = s.state, tries = tries + s.counts, "nextAt" = s."nextAt",
        "holdsUntil" = s."holdsUntil", late = s.late, "doneAt" = s."doneAt"
      FROM (
        SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS state,
          json_extract(value, '$[2]') AS "nextAt", json_extract(value, '$[3]') AS "holdsUntil",
          json_extract(value, '$[4]') AS late, json_extract(value, '$[5]') AS "doneAt",
          json_extract(value, '$[16]') AS counts
        FROM json_each(${rows})) AS s
      WHERE "Delivery".id = s.id AND "Delivery".state = 'PENDING'`;
    const theirs = sql`FROM json_each(${rows}) JOIN "Delivery" AS d ON d.id = json_extract(value, '$[0]')`;
    await tx.db.$executeRaw`
      INSERT INTO "Attempt" (id, "deliveryId", "webhookId", at, "durationMs", "dnsMs", "connectMs",
        "firstByteMs", status, "errorCode", error, response, "nextAt")
      SELECT json_extract(value, '$[6]'), d.id, d."webhookId", json_extract(value, '$[7]'),
        json_extract(value, '$[8]'), json_extract(value, '$[9]'), json_extract(value, '$[10]'),
        json_extract(value, '$[11]'), json_extract(value, '$[12]'), json_extract(value, '$[13]'),
        json_extract(value, '$[14]'), json_extract(value, '$[15]'), json_extract(value, '$[2]')
      ${theirs}`;
    await tx.db.$executeRaw`
      INSERT INTO "WebhookHour" ("webhookId", hour, attempts, delivered, failed)
      SELECT d."webhookId", json_extract(value, '$[7]') / ${HOUR_MS} * ${HOUR_MS} AS hour, count(*),
        sum(json_extract(value, '$[1]') = 'DELIVERED'), sum(json_extract(value, '$[1]') = 'FAILED')
      ${theirs} WHERE d.payload IS NULL AND json_extract(value, '$[13]') IS NOT 'EVENT_EXPIRED'
      GROUP BY d."webhookId", hour
      ON CONFLICT ("webhookId", hour) DO UPDATE SET attempts = attempts + excluded.attempts,
        delivered = delivered + excluded.delivered, failed = failed + excluded.failed`;
    tx.afterCommit(() => settled(new Set(settlements.map(({ webhookId }) => webhookId))));
    return settlements.map(() => undefined);
  };
}

function asRow(settlement: Settlement): readonly unknown[] {
  const { deliveryId, attempt, state, nextAt, holdsUntil, late, counts, doneAt } = settlement;
  const { at, durationMs, dnsMs, connectMs, firstByteMs } = attempt;
  const { status, errorCode, error, response } = attempt;
  const change = [deliveryId, state, nextAt, holdsUntil, late ? 1 : 0, doneAt];
  const timings = [at, durationMs, dnsMs, connectMs, firstByteMs];
  const outcome = [status, errorCode, error, response];
  return [...change, `att_${newId()}`, ...timings, ...outcome, counts ? 1 : 0];
}
