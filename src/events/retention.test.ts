import { expect, test } from "vitest";
import { tempDatabase } from "../../test/support/temp-database.ts";
import type { InstanceId } from "../domain/ids.ts";
import { EventLog } from "./event-log.ts";
import { retentionOf } from "./retention.ts";

test("what somebody has begun to need since the look is kept", async () => {
  await using database = await tempDatabase();
  const log = await EventLog.open(database, []);
  for (let at = 0; at < 10; at += 1) {
    await log.append({
      instanceId: "one" as InstanceId,
      event: { type: "connection.open", phoneNumber: String(at) },
      occurredAt: new Date(),
      whileOffline: false,
      epoch: null,
    });
  }
  let looks = 0;
  // The first look is before the transaction that removes.
  const firstNeeded = () => Promise.resolve((looks += 1) === 1 ? undefined : 5);
  const chore = retentionOf(database, log, { days: 1, count: 1 }, firstNeeded);
  await chore.run(new AbortController().signal);
  expect(log.extent.oldest).toBe(5);
  expect(await database.read.event.count()).toBe(6);
});
