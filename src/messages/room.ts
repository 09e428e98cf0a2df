import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { InstanceId } from "../domain/ids.ts";
import type { Step } from "../domain/steps.ts";
import type { EventLog } from "../events/event-log.ts";
import type { SendFact } from "../instances/account.ts";
import type { InstanceRecord } from "../instances/records.ts";
import type { Connection, Instances } from "../instances/instances.ts";
import type { Log } from "../lib/log.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { Database } from "../store/database.ts";
import { createStaging } from "./attachment.ts";
import { listMessages } from "./list.ts";
import type { Messages } from "./messages.ts";
import { outcomeOf } from "./send-fact.ts";
import { createRecordOutcome } from "./outcomes.ts";
import { createOutbox } from "./outbox.ts";
import { Recipients } from "./recipients.ts";
import { MESSAGE_COLUMNS, toStored } from "./rows.ts";
import { createSend } from "./send.ts";
import { SenderPool } from "./sender-pool.ts";
import { Waiters } from "./waiters.ts";

export interface RoomNeeds {
  readonly database: Database;
  readonly events: Pick<EventLog, "appendWithin">;
  readonly dataDir: string;
  readonly download: Outbound["download"];
  /** Asked late, when something is to be sent: connections come after this room. */
  readonly connectionOf: (id: InstanceId) => Connection | undefined;
  readonly epochOf: (id: InstanceId) => number | undefined;
  readonly log: Log;
  readonly step?: Step | undefined;
}

/** The way out for messages: what connections report about them comes in here, before there are instances. */
export interface MessageRoom extends AsyncDisposable {
  hear(record: InstanceRecord, fact: SendFact): void;
  wake(id: InstanceId): void;
  sentMessage: ReturnType<typeof createOutbox>["sentMessage"];
  /** What callers use, once there are instances. */
  serve(instances: Pick<Instances, "get" | "connection">): Messages;
}

export function createMessageRoom(needs: RoomNeeds): MessageRoom {
  const { database, log, step } = needs;
  const folder = join(needs.dataDir, "outbox");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const staging = createStaging(folder, needs.download);
  const waiters = new Waiters();
  const recipients = new Recipients();
  const outbox = createOutbox(database);
  const record = createRecordOutcome(database, needs.events, waiters);
  const discardFile = (uid: string) => staging.discard(uid);
  const { connectionOf, epochOf } = needs;
  const senders = new SenderPool({
    outbox,
    recipients,
    connectionOf,
    epochOf,
    record,
    discardFile,
    log,
  });

  return {
    hear({ id: instanceId, epoch }, fact) {
      if (fact.kind === "ack") step?.("ack-heard");
      record(outcomeOf({ instanceId, epoch }, fact)).then(
        () => fact.kind === "ack" && senders.of(instanceId)?.settle(fact.id),
        (err: unknown) =>
          log.error("an ack or receipt could not be stored", { instance: instanceId, err }),
      );
    },
    wake: (id) => senders.wake(id),
    sentMessage: outbox.sentMessage,
    serve: (instances) => ({
      send: createSend({
        database,
        instances,
        recipients,
        staging,
        waiters,
        wakeSender(id) {
          step?.("intent-committed");
          senders.wake(id);
        },
      }),
      list: (query) => listMessages(database.read, query),
      async find(uid) {
        const row = await database.read.message.findUnique({
          where: { uid },
          select: MESSAGE_COLUMNS,
        });
        return row ? toStored(row) : undefined;
      },
    }),
    [Symbol.asyncDispose]: () => senders[Symbol.asyncDispose](),
  };
}
