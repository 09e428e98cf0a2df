import type { DeliveryId } from "../domain/ids.ts";
import { newId } from "../lib/ids.ts";
import type { Tx } from "../store/writer.ts";
import type { AttemptRecord } from "./post.ts";
import type { DeliveryState } from "./webhooks.ts";

/** What a try leaves behind. Times are milliseconds since 1970. */
export interface Settlement {
  readonly deliveryId: DeliveryId;
  readonly attempt: AttemptRecord;
  readonly state: DeliveryState;
  readonly nextAt: number | null;
  readonly holdsUntil: number | null;
  readonly late: boolean;
  readonly doneAt: number | null;
}

/**
 * Writes the attempts of many deliveries and what became of them, in two statements whatever their
 * number. What was deleted meanwhile is passed over: an attempt at nothing must not fail the others.
 */
export async function settleAll(
  tx: Tx,
  settlements: readonly Settlement[],
): Promise<readonly void[]> {
  const rows = JSON.stringify(
    settlements.map(({ deliveryId, attempt, state, nextAt, holdsUntil, late, doneAt }) => {
      const { at, durationMs, dnsMs, connectMs, firstByteMs } = attempt;
      const { status, errorCode, error, response } = attempt;
      const change = [deliveryId, state, nextAt, holdsUntil, late ? 1 : 0, doneAt];
      const timings = [at, durationMs, dnsMs, connectMs, firstByteMs];
      return [...change, `att_${newId()}`, ...timings, status, errorCode, error, response];
    }),
  );
  await tx.db.$executeRaw`
    UPDATE "Delivery" SET state = s.state, tries = tries + 1, "nextAt" = s."nextAt",
      "holdsUntil" = s."holdsUntil", late = s.late, "doneAt" = s."doneAt"
    FROM (
      SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS state,
        json_extract(value, '$[2]') AS "nextAt", json_extract(value, '$[3]') AS "holdsUntil",
        json_extract(value, '$[4]') AS late, json_extract(value, '$[5]') AS "doneAt"
      FROM json_each(${rows})) AS s
    WHERE "Delivery".id = s.id AND "Delivery".state = 'PENDING'`;
  await tx.db.$executeRaw`
    INSERT INTO "Attempt" (id, "deliveryId", at, "durationMs", "dnsMs", "connectMs", "firstByteMs",
      status, "errorCode", error, response, "nextAt")
    SELECT json_extract(value, '$[6]'), d.id, json_extract(value, '$[7]'),
      json_extract(value, '$[8]'), json_extract(value, '$[9]'), json_extract(value, '$[10]'),
      json_extract(value, '$[11]'), json_extract(value, '$[12]'), json_extract(value, '$[13]'),
      json_extract(value, '$[14]'), json_extract(value, '$[15]'), json_extract(value, '$[2]')
    FROM json_each(${rows}) JOIN "Delivery" AS d ON d.id = json_extract(value, '$[0]')`;
  return settlements.map(() => undefined);
}
