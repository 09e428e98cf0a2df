import type { LoggedEvent } from "../domain/event.ts";
import { chatOf, isFromMe } from "../domain/event.ts";
import type { WebhookId } from "../domain/ids.ts";
import type { Ring } from "./bell.ts";
import type { Projection } from "../events/append.ts";
import type { Sql } from "../store/sql.ts";
import { sql } from "../store/sql.ts";
import { insertDeliveries } from "./matching.ts";
import { steadyNow } from "../lib/steady-clock.ts";

/**
 * Writes the deliveries of events in the transaction of the events: after a crash there is no event
 * without them.
 * @param ring told, after the commit, which webhooks have something to do, and which instances are gone.
 */
export function deliveryProjection(ring: Ring, now: () => number = steadyNow): Projection {
  return {
    async record(tx, outcomes) {
      const logged = outcomes.flatMap((each) => (each.kind === "logged" ? [each.logged] : []));
      if (logged.length === 0) return;
      const rows = await tx.db.$queryRaw<{ webhookId: WebhookId }[]>`
        ${insertDeliveries(asRows(logged), { which: sql`w.enabled`, replayed: false, now: now() })}
        RETURNING "webhookId"`;
      const ids = new Set(rows.map((row) => row.webhookId));
      const gone = logged.flatMap(({ event, instanceId }) =>
        event.type === "instance.deleted" ? [instanceId] : [],
      );
      if (ids.size > 0 || gone.length > 0) tx.afterCommit(() => ring(ids, gone));
    },
  };
}

function asRows(events: readonly LoggedEvent[]): Sql {
  const rows = JSON.stringify(
    events.map(({ position, id, instanceId, event }) => {
      return [position, id, instanceId, event.type, chatOf(event)?.id ?? null, isFromMe(event)];
    }),
  );
  return sql`
    SELECT json_extract(value, '$[0]') AS position, json_extract(value, '$[1]') AS id,
      json_extract(value, '$[2]') AS "instanceId", json_extract(value, '$[3]') AS type,
      json_extract(value, '$[4]') AS "chatId", json_extract(value, '$[5]') AS "fromMe"
    FROM json_each(${rows})`;
}
