import type { Config } from "../config.ts";
import { createRecordAppState } from "../directory/app-state/record.ts";
import { createChatEdits } from "../directory/chat-edits.ts";
import { createRecordRead } from "../directory/chat-reads.ts";
import { createChats } from "../directory/chat-room.ts";
import { createLabels } from "../directory/labels.ts";
import { createPeopleRoom } from "../directory/people-room.ts";
import { lateEngine } from "../engine/late-engine.ts";
import { createGroupRoom } from "../directory/group-room.ts";
import type { EventLog } from "../events/event-log.ts";
import { Registry } from "../instances/registry.ts";
import { createSessionStore } from "../instances/session-store.ts";
import type { Log } from "../lib/log.ts";
import { createMedia } from "../media/media.ts";
import { createMessageRoom } from "../messages/room.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { Overrides } from "../overrides.ts";
import type { Database } from "../store/database.ts";

export interface AccountParts {
  readonly database: Database;
  readonly events: EventLog;
  readonly outbound: Outbound;
  readonly log: Log;
}

/** The accounts, what they send, and the engine that connects them: three that need each other. */
export function openAccounts(
  { dataDir, whatsappUrl: url, whatsappVersion }: Config,
  { database, events, outbound, log }: AccountParts,
  { step, engineTimeouts: timeouts, ackPatience }: Overrides,
) {
  const stack = new AsyncDisposableStack();
  const version = whatsappVersion?.join(".");
  const engine = stack.use(
    lateEngine(async () => {
      const { createBaileysEngine } = await import("../engine/baileys/baileys-engine.ts");
      return createBaileysEngine({ log, step, url, version, timeouts });
    }),
  );
  const outgoing = stack.use(
    createMessageRoom({
      database,
      events,
      dataDir,
      download: outbound.download.bind(outbound),
      accountOf: (id) => instances.sending(id),
      reconnect: (id) => instances.reconnect(id),
      restrict: (id, about, restriction) => instances.restrict(id, about, restriction),
      ackPatience,
      log,
      step,
    }),
  );
  const recordRead = createRecordRead(database, events);
  const recordAppState = createRecordAppState(database, events);
  const instances: Registry = stack.use(
    new Registry({
      database,
      events,
      engine,
      sessions: createSessionStore(database),
      sentMessage: outgoing.sentMessage,
      storedMessage: outgoing.storedMessage,
      onUnlinked: outgoing.abandon,
      onSendFact: outgoing.hear,
      onRead: ({ id: instanceId, epoch }, read) => recordRead({ instanceId, epoch }, read),
      onAppState: ({ id: instanceId, epoch }, { changes, whileOffline }) =>
        recordAppState({ instanceId, epoch }, changes, whileOffline),
      onSendable: outgoing.wake,
      onDelete: outgoing.forget,
      log,
    }),
  );
  return {
    instances,
    messages: outgoing.serve(instances),
    groups: createGroupRoom({ instances, download: outbound.download.bind(outbound) }),
    chats: { ...createChats(database), ...createChatEdits(database.read, instances) },
    labels: createLabels(database.read, instances),
    people: createPeopleRoom({
      database,
      instances,
      download: outbound.download.bind(outbound),
      recordRead: (id, read) =>
        recordRead({ instanceId: id, epoch: instances.sending(id)?.epoch ?? -1 }, read),
    }),
    media: createMedia({ database, download: engine.download.bind(engine) }),
    /** Connects those that were connected, and sends what waits. */
    async resume(): Promise<void> {
      await engine.load();
      await instances.resume();
      outgoing.start();
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
