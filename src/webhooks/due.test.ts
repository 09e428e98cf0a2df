import { expect, test } from "vitest";
import { eventCodec } from "../events/codec.ts";
import type { Database } from "../store/database.ts";
import { readDue } from "./due.ts";
import { INSTANCE, newDataDir, openRoom } from "./testing/room.ts";
import { ORDERINGS } from "./webhooks.ts";

test.each(ORDERINGS)(
  "what waits for its schedule is not looked at before its time (%s)",
  async (ordering) => {
    using dir = newDataDir();
    await using room = await openRoom(dir.path);
    const input = { url: "http://127.0.0.1:9/", enabled: false };
    const { webhook } = await room.webhooks.create(INSTANCE, input);
    const now = Date.now();
    const { read, vault } = room.database;
    const place = { webhookId: webhook.id, ordering, now, after: 0, early: false, except: [] };
    const due = () => readDue(read, eventCodec(vault), { ...place, limit: 64 });

    await addWaiting(room.database, webhook.id, { from: 1, to: 1_000, now });
    const beside1000 = await quickest(due);
    await addWaiting(room.database, webhook.id, { from: 1_001, to: 60_000, now });
    const beside60000 = await quickest(due);

    expect((await due()).deliveries.map(({ id }) => id)).toEqual(["dlv_7", "dlv_8"]);
    expect(beside60000).toBeLessThan(3 * beside1000);
  },
);

/** All for an hour later, but for one that is due and one that was never tried. */
async function addWaiting(
  { writer }: Database,
  webhookId: string,
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: number },
): Promise<void> {
  await writer.write(
    ({ db }) => db.$executeRaw`
      WITH RECURSIVE n(at) AS (SELECT ${from} UNION ALL SELECT at + 1 FROM n WHERE at < ${to})
      INSERT INTO "Delivery" (id, "webhookId", position, "eventId", type, lane, state, tries, "nextAt", "createdAt")
      SELECT 'dlv_' || CAST(at AS INTEGER), ${webhookId}, at, 'evt_' || at, 'call', 'shop|' || (at % 500), 'PENDING', 4,
        CASE at WHEN 7 THEN ${now} WHEN 8 THEN NULL ELSE ${now + 3_600_000} END, 0 FROM n`,
  );
}

/** In milliseconds, of several. */
async function quickest(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < 9; at += 1) {
    const startedAt = performance.now();
    await run();
    times.push(performance.now() - startedAt);
  }
  return Math.min(...times);
}
