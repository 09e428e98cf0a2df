import { auditChore } from "../access/audit-chore.ts";
import { keyChores } from "../access/key-chores.ts";
import type { Keys } from "../access/keys.ts";
import type { Config } from "../config.ts";
import type { EventLog } from "../events/event-log.ts";
import { retentionOf } from "../events/retention.ts";
import { inboxChore } from "../instances/inbox-chore.ts";
import type { Chore } from "../lib/housekeeper.ts";
import { batchRetention } from "../messages/batch/retention.ts";
import { idempotencyChore } from "../messages/idempotency-chore.ts";
import { messageRetention } from "../messages/retention.ts";
import type { Database } from "../store/database.ts";
import { firstNeeded } from "../webhooks/first-needed.ts";

/** All that is done once a minute. */
export function choresOf(
  { eventRetention, auditRetention, messageRetentionDays }: Config,
  { database, events, keys }: { database: Database; events: EventLog; keys: Keys },
): readonly Chore[] {
  return [
    retentionOf(database, events, eventRetention, firstNeeded),
    inboxChore(database),
    idempotencyChore(database),
    batchRetention(database),
    ...(messageRetentionDays ? [messageRetention(database, messageRetentionDays)] : []),
    auditChore(database, auditRetention),
    ...keyChores(keys),
  ];
}
