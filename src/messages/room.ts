import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { InstanceId, Jid } from "../domain/ids.ts";
import type { Step } from "../domain/steps.ts";
import type { MessageStatus } from "../domain/message.ts";
import type { EventLog } from "../events/event-log.ts";
import type { SendFact } from "../instances/account-needs.ts";
import type { InstanceRecord } from "../instances/records.ts";
import type { Instances } from "../instances/instances.ts";
import { startHousekeeper } from "../lib/housekeeper.ts";
import { newId } from "../lib/ids.ts";
import type { Log } from "../lib/log.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { Database } from "../store/database.ts";
import type { Tx } from "../store/writer.ts";
import { createSendAlbum } from "./album/send-album.ts";
import { abandonAll } from "./abandon.ts";
import type { BatchRoom } from "./batch/room.ts";
import { createBatchRoom } from "./batch/room.ts";
import { pauseUnlinked } from "./batch/change.ts";
import { type Attachments, findAttachment, streamOf } from "./content/attachment.ts";
import { createConvert } from "./content/ffmpeg.ts";
import { createStaging } from "./content/staging.ts";
import { cancelMessage } from "./cancel.ts";
import { latestMessages } from "./latest.ts";
import { listMessages } from "./list.ts";
import type { Messages } from "./messages.ts";
import type { AckPatience } from "./flight.ts";
import { ACK_PATIENCE } from "./flight.ts";
import { createRecordOutcome, createRecordWithin } from "./outcomes.ts";
import type { Outbox } from "./outbox.ts";
import { createOutbox } from "./outbox.ts";
import { readReactions } from "./change/reactions.ts";
import { readResponses } from "./change/responses.ts";
import { readVotes } from "./change/votes.ts";
import { Recipients } from "./recipients.ts";
import { MESSAGE_COLUMNS, toStored } from "./rows.ts";
import { createChange } from "./change/change.ts";
import { createMark } from "./change/mark.ts";
import { createSend } from "./send.ts";
import { createPost } from "./status/post.ts";
import { createSubmit } from "./submit.ts";
import { outcomeOf, restrictionAfter } from "./send-fact.ts";
import type { SendingAccount } from "./sender.ts";
import { SenderPool } from "./sender-pool.ts";
import { createTextIndex } from "./text-index.ts";
import { Waiters } from "./waiters.ts";
import { WaitingRoom } from "./waiting-room.ts";

/** How far a search may be behind what came in, before it waits, in milliseconds: a busy second is soon indexed. */
const INDEX_EVERY_MS = 1_000;

export interface RoomNeeds {
  readonly database: Database;
  readonly events: Pick<EventLog, "appendWithin">;
  readonly dataDir: string;
  readonly download: Outbound["download"];
  readonly request: Outbound["request"];
  readonly attachments: Attachments;
  // These are asked late, when something is to be sent: accounts come after this room.
  readonly accountOf: (id: InstanceId) => SendingAccount | undefined;
  readonly reconnect: (id: InstanceId) => Promise<void>;
  readonly restrict: Instances["restrict"];
  readonly ackPatience?: AckPatience | undefined;
  readonly log: Log;
  readonly step?: Step | undefined;
}

/** The way out for messages: what connections report about them comes in here, before there are instances. */
export interface MessageRoom extends AsyncDisposable {
  readonly hear: (record: InstanceRecord, fact: SendFact) => Promise<void>;
  /** The link of this account is gone: what waits must not leave from the next phone that is linked. */
  readonly abandon: (tx: Tx, record: InstanceRecord) => Promise<void>;
  readonly wake: (id: InstanceId) => void;
  /** Begins to look after the messages that wait for their time, once their accounts are known. */
  readonly start: () => void;
  readonly sentMessage: Outbox["sentMessage"];
  readonly storedMessage: Outbox["storedMessage"];
  /** Stops sending for an account that is about to be deleted, and removes the files that wait. */
  readonly forget: (id: InstanceId) => Promise<void>;
  /** What callers use, once there are instances. */
  readonly serve: (instances: Pick<Instances, "get" | "connection">) => Messages;
  /** The same for what goes to many people at once. */
  readonly serveBatches: (instances: Pick<Instances, "get">) => BatchRoom;
}

export function createMessageRoom(needs: RoomNeeds): MessageRoom {
  const { database, log, step, accountOf, restrict } = needs;
  const { read } = database;
  const folder = join(needs.dataDir, "outbox");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const staging = createStaging(folder, needs.download);
  const waiters = new Waiters();
  const recipients = new Recipients();
  const outbox = createOutbox(database);
  const recordWithin = createRecordWithin(needs.events, waiters);
  const record = createRecordOutcome(database, recordWithin);
  const discardFile = (uid: string) => staging.discard(uid);
  const epochOf = (id: InstanceId) => accountOf(id)?.epoch;
  const { reconnect, ackPatience = ACK_PATIENCE } = needs;
  const stack = new AsyncDisposableStack();
  const { convert } = stack.use(createConvert());
  const senders = stack.use(
    new SenderPool({
      outbox,
      recipients,
      accountOf,
      reconnect,
      record,
      discardFile,
      ackPatience,
      log,
    }),
  );
  const wake = (id: InstanceId) => senders.wake(id);
  const waitingRoom = stack.use(
    new WaitingRoom({ database, record, wakeSender: wake, discardFile, epochOf, log }),
  );
  const texts = createTextIndex(database);
  stack.use(startHousekeeper([texts.chore], log, INDEX_EVERY_MS));
  staging.sweep(newId(), outbox.stillWaiting).catch((err: unknown) => {
    log.warn("files of an earlier run could not be removed", { err });
  });

  function sending(instances: Pick<Instances, "get" | "connection">) {
    const submit = createSubmit({
      database,
      instances,
      waiters,
      discardFile,
      wakeSender(id) {
        step?.("intent-committed");
        senders.wake(id);
      },
      expect: (at) => waitingRoom.expect(at),
    });
    const { stage } = staging;
    const { request, attachments } = needs;
    const content = { database, stage, convert, request, attachments };
    const tools = { ...content, instances, recipients, submit };
    return {
      send: createSend(tools),
      post: createPost(tools),
      sendAlbum: createSendAlbum({ ...tools, discardFile }),
      change: createChange(database, submit),
      mark: createMark(database, instances),
    };
  }

  return {
    async hear({ id: instanceId, epoch, restriction }, fact) {
      if (fact.kind === "ack") step?.("ack-heard");
      await record(outcomeOf({ instanceId, epoch }, fact));
      if (fact.kind !== "ack") return;
      senders.find(instanceId)?.settle(fact.id);
      const next = restrictionAfter(fact, restriction);
      if (next !== restriction) await restrict(instanceId, "SEND_REFUSED", next);
    },
    async abandon(tx, { id: instanceId, epoch }) {
      await pauseUnlinked(tx, instanceId);
      const uids = await abandonAll(tx, { instanceId, epoch }, recordWithin);
      tx.afterCommit(() => {
        for (const uid of uids) void discardFile(uid).catch(() => undefined);
      });
    },
    wake,
    start: () => waitingRoom.start(),
    sentMessage: outbox.sentMessage,
    storedMessage: outbox.storedMessage,
    async forget(id) {
      await senders.remove(id);
      await Promise.all((await outbox.unsent(id)).map(({ uid }) => discardFile(uid)));
    },
    serveBatches: (instances) =>
      createBatchRoom(
        {
          ...needs,
          convert,
          recipients,
          recordWithin,
          linkFile: staging.link,
          discardFile,
          queued(id) {
            step?.("intent-committed");
            wake(id);
          },
        },
        instances,
      ),
    serve: (instances) => ({
      ...sending(instances),
      async cancel(instanceId, messageId) {
        const { id } = await instances.get(instanceId);
        const cancelled = await cancelMessage(database, record, {
          instanceId: id,
          epoch: epochOf(id) ?? 0,
          id: messageId,
        });
        await discardFile(cancelled.uid);
        return cancelled;
      },
      deliverability: (id) => senders.of(id).deliverability,
      pace: (id, pacing) => senders.of(id).pace(pacing),
      async receipts(messageUid) {
        const rows = await read.messageReceipt.findMany({
          where: { messageUid },
          orderBy: { participantId: "asc" },
        });
        return rows.map(({ participantId, participantPn, participantLid, status, at }) => ({
          participant: {
            id: participantId as Jid,
            pn: participantPn as Jid | null,
            lid: participantLid as Jid | null,
          },
          status: status as MessageStatus,
          at,
        }));
      },
      reactions: (uids) => readReactions(read, uids),
      votes: (uids) => readVotes(read, uids),
      responses: (uids) => readResponses(read, uids),
      async list(query) {
        if (query.text) await texts.catchUp();
        return listMessages(read, query);
      },
      attachment: async (uid) => streamOf(await findAttachment(database, uid), needs.attachments),
      latest: (chats) => latestMessages(read, chats),
      async find(uid) {
        const row = await read.message.findUnique({ where: { uid }, select: MESSAGE_COLUMNS });
        return row ? toStored(row) : undefined;
      },
    }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
