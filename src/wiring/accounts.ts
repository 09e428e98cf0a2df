import type { Config } from "../config.ts";
import { createRecordAppState } from "../directory/app-state/record.ts";
import { createChannelRoom } from "../directory/channel-room.ts";
import { createChatEdits } from "../directory/chat-edits.ts";
import { createRecordRead } from "../directory/chat-reads.ts";
import { createChats } from "../directory/chat-room.ts";
import { createLabels } from "../directory/labels.ts";
import { createPeopleRoom } from "../directory/people-room.ts";
import type { ContactBook } from "../directory/contact-book.ts";
import { insertOldChats } from "../directory/history.ts";
import { lateEngine } from "../engine/late-engine.ts";
import { createGroupRoom } from "../directory/group-room.ts";
import { GatewayError } from "../domain/errors.ts";
import type { EventLog } from "../events/event-log.ts";
import { createHistoryRoom } from "../history/history.ts";
import { createStorePage } from "../history/page.ts";
import { createCredentials } from "../instances/credentials.ts";
import { Registry } from "../instances/registry.ts";
import { createSessionStore } from "../instances/session-store.ts";
import type { Bell } from "../lib/bell.ts";
import type { Log } from "../lib/log.ts";
import { NO_COPIES } from "../media/copies/copies.ts";
import { createMedia } from "../media/media.ts";
import { createOrigin } from "../media/origin.ts";
import { insertOldMessages } from "../messages/history.ts";
import { createMessageRoom } from "../messages/room.ts";
import { OutboundError } from "../outbound/errors.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { Overrides } from "../overrides.ts";
import type { Database } from "../store/database.ts";
import { keepCopies } from "./copies.ts";

export interface AccountParts {
  readonly database: Database;
  readonly events: EventLog;
  readonly outbound: Outbound;
  /** Who is who, as the log's own projection knows it. */
  readonly contacts: ContactBook;
  /** Rung when attachments have come that are to be kept. */
  readonly copyBell: Bell;
  readonly log: Log;
}

/** The accounts, what they send, and the engine that connects them: three that need each other. */
export async function openAccounts(
  config: Config,
  { database, events, contacts, outbound, copyBell, log }: AccountParts,
  { step, engineTimeouts: timeouts, ackPatience, spareBytes }: Overrides,
) {
  const { dataDir, whatsappUrl: url, whatsappVersion } = config;
  await using stack = new AsyncDisposableStack();
  const version = whatsappVersion?.join(".");
  const engine = stack.use(
    lateEngine(async () => {
      const { createBaileysEngine } = await import("../engine/baileys/baileys-engine.ts");
      return createBaileysEngine({
        log,
        step,
        url,
        version,
        timeouts,
        reachProxy: (host) => outbound.addressOf(host),
      });
    }),
  );
  const origin = createOrigin({
    database,
    download: (id, raw, signal) => engine.download(raw, signal, instances.proxyOf(id)),
    expectAttachment: (id, raw, signal) =>
      engine.expectAttachment(raw, signal, instances.proxyOf(id)),
    askPhone: (message, raw) => instances.connection(message.instanceId)?.uploadAgain(message, raw),
  });
  const kept = await keepCopies(config, { database, origin, log, spareBytes });
  const media = createMedia({ database, origin, copies: kept?.copies ?? NO_COPIES });
  const outgoing = stack.use(
    createMessageRoom({
      database,
      events,
      dataDir,
      attachments: media,
      download: outbound.download.bind(outbound),
      request: outbound.request.bind(outbound),
      accountOf: (id) => instances.sending(id),
      reconnect: (id) => instances.reconnect(id),
      restrict: (id, about, restriction) => instances.restrict(id, about, restriction),
      ackPatience,
      log,
      step,
    }),
  );
  const sessions = createSessionStore(database);
  const storePage = createStorePage({
    database,
    insertMessages: insertOldMessages,
    insertChats: (tx, id, chats, people) => insertOldChats(tx, contacts, id, chats, people),
  });
  const history = stack.use(createHistoryRoom({ events, storePage, log }));
  const recordRead = createRecordRead(database, events);
  const recordAppState = createRecordAppState(database, events);
  const instances: Registry = stack.use(
    new Registry({
      database,
      events,
      engine,
      sessions,
      sentMessage: outgoing.sentMessage,
      storedMessage: outgoing.storedMessage,
      onUnlinked: outgoing.abandon,
      onSendFact: outgoing.hear,
      onRead: ({ id: instanceId, epoch }, read) => recordRead({ instanceId, epoch }, read),
      judgeHost: (host) => judgeProxy(host, outbound),
      onAppState: ({ id: instanceId, epoch }, { changes, whileOffline }) =>
        recordAppState({ instanceId, epoch }, changes, whileOffline),
      onSendable: outgoing.wake,
      async sendText(instanceId, to, text, idempotencyKey) {
        const content = { kind: "TEXT", text } as const;
        await messages.send({ instanceId, to, content, idempotencyKey, waitFor: "QUEUED" });
      },
      onHistory: history.take,
      async onDelete(id) {
        await batches.forget(id);
        await outgoing.forget(id);
      },
      log,
    }),
  );
  const batches = stack.use(outgoing.serveBatches(instances));
  const messages = outgoing.serve(instances);
  // Last, so that it ends first: it needs all of them.
  if (kept) copyBell.answer(stack.use(kept).copies.wake);
  const open = stack.move();
  return {
    rooms: {
      instances,
      messages,
      batches,
      credentials: createCredentials({
        database,
        events,
        sessions,
        readAuthFolder: engine.readAuthFolder,
        instances,
      }),
      groups: createGroupRoom({ instances, download: outbound.download.bind(outbound) }),
      channels: createChannelRoom({ instances, download: outbound.download.bind(outbound) }),
      chats: { ...createChats(database), ...createChatEdits(database.read, instances) },
      labels: createLabels(database.read, instances),
      people: createPeopleRoom({
        database,
        instances,
        download: outbound.download.bind(outbound),
        recordRead: (id, read) =>
          recordRead({ instanceId: id, epoch: instances.sending(id)?.epoch ?? -1 }, read),
      }),
      media,
    },
    chores: kept ? [kept.copies.chore] : [],
    /** Connects those that were connected, and sends what waits. */
    async resume(): Promise<void> {
      await engine.load();
      await instances.resume();
      outgoing.start();
      await batches.start();
      kept?.copies.start();
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** @throws GatewayError INVALID_ADDRESS */
function judgeProxy(host: string, outbound: Pick<Outbound, "judgeHost">): void {
  try {
    outbound.judgeHost(host);
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw new GatewayError("INVALID_ADDRESS", `The proxy cannot be used: ${error.message}.`);
  }
}
