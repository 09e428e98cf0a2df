import type { EventDraft } from "../../domain/event.ts";
import type { Message } from "../../domain/message.ts";
import { identityOf } from "../../domain/message.ts";
import type { Projection } from "../../events/append.ts";
import { steadyNow } from "../../lib/steady-clock.ts";

/**
 * Notes, in the transaction of a message, that its attachment is to be kept. Only of messages that an event tells of:
 * those of a phone's history come by the ten thousand, and WhatsApp has most of their files no more, so that the phone
 * would have to upload each again.
 * @param wake told, after the commit, that there is something to do
 */
export function copyProjection(
  maxBytes: number,
  wake: () => void,
  now: () => number = steadyNow,
): Projection {
  return {
    async record(tx, outcomes) {
      const rows = outcomes.flatMap(({ kind, draft }) => {
        const message = kind === "logged" && draft.raw ? messageOf(draft) : undefined;
        if (!message?.media) return [];
        return [[draft.instanceId, identityOf(message), message.media.size]];
      });
      if (rows.length === 0) return;
      await tx.db.$executeRaw`
        INSERT INTO "MediaCopy" ("messageUid", "instanceId", state, "dueAt", error)
        SELECT m.uid, i.id, iif(fits, 'PENDING', 'FAILED'), iif(fits, ${now()}, NULL),
          iif(fits, NULL, 'MEDIA_TOO_LARGE')
        FROM (
          SELECT json_extract(value, '$[0]') AS "instanceId", json_extract(value, '$[1]') AS identity,
            coalesce(json_extract(value, '$[2]'), 0) <= ${maxBytes} AS fits
          FROM json_each(${JSON.stringify(rows)})
        ) AS n
        CROSS JOIN "Message" AS m ON m."instanceId" = n."instanceId" AND m.identity = n.identity
        JOIN "Instance" AS i ON i.id = m."instanceId"
        WHERE coalesce(json_extract(i.settings, '$.storeMedia'), true)
        ON CONFLICT ("messageUid") DO NOTHING`;
      tx.afterCommit(wake);
    },
  };
}

function messageOf({ event }: EventDraft): Message | undefined {
  if (event.type === "message.received") return event.message;
  // What the gateway has sent itself its caller has.
  return event.type === "message.sent" && event.source === "DEVICE" ? event.message : undefined;
}
