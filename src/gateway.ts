import { setTimeout as sleep } from "node:timers/promises";
import { Audit } from "./access/audit.ts";
import { Keys } from "./access/keys.ts";
import { choresOf } from "./chores.ts";
import type { Config } from "./config.ts";
import { openDoor } from "./door.ts";
import { lateEngine } from "./engine/late-engine.ts";
import { EventLog } from "./events/event-log.ts";
import { inboxProjection } from "./instances/inbox-projection.ts";
import { Registry } from "./instances/registry.ts";
import { createSessionStore } from "./instances/session-store.ts";
import { startHousekeeper } from "./lib/housekeeper.ts";
import type { Log } from "./lib/log.ts";
import { qrSvg } from "./lib/qr.ts";
import { attachmentsOf, createMedia } from "./media/media.ts";
import { messageProjection } from "./messages/projection.ts";
import { createMessageRoom } from "./messages/room.ts";
import { createOutbound } from "./outbound/outbound.ts";
import { parsePrivateTargets } from "./outbound/private-targets.ts";
import { judgeUrl } from "./outbound/url.ts";
import type { Overrides } from "./overrides.ts";
import { openDatabase } from "./store/database.ts";
import { Bell } from "./webhooks/bell.ts";
import { deliveryProjection } from "./webhooks/projection.ts";
import { startWebhooks } from "./webhooks/start.ts";

export interface Gateway extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/** Who has waited for the door is answered before the engine is loaded, which holds everything up for a third of a second. */
const FIRST_ANSWERS_MS = 30;

/** Builds every room in the order it may depend on the others, and takes them down in reverse. */
export async function startGateway(
  config: Config,
  log: Log,
  { step, ...overrides }: Overrides = {},
): Promise<Gateway> {
  await using stack = new AsyncDisposableStack();
  const open = overrides.openDatabase ?? openDatabase;
  const database = stack.use(await open({ ...config, url: config.databaseUrl }));
  const bell = new Bell();
  const projections = [messageProjection, inboxProjection(step), deliveryProjection(bell.ring)];
  const events = await EventLog.open(database, projections);

  const { dataDir, whatsappUrl: url, whatsappVersion } = config;
  const privateTargets = parsePrivateTargets(config.privateTargets);
  const outbound = stack.use(createOutbound({ privateTargets, resolve: overrides.resolve }));
  const version = whatsappVersion?.join(".");
  const timeouts = overrides.engineTimeouts;
  const engine = stack.use(
    lateEngine(async () => {
      const { createBaileysEngine } = await import("./engine/baileys/baileys-engine.ts");
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
      ackPatience: overrides.ackPatience,
      log,
      step,
    }),
  );
  const instances: Registry = stack.use(
    new Registry({
      database,
      events,
      engine,
      sessions: createSessionStore(database),
      sentMessage: outgoing.sentMessage,
      onUnlinked: outgoing.abandon,
      onSendFact: outgoing.hear,
      onSendable: outgoing.wake,
      onDelete: outgoing.forget,
      log,
    }),
  );
  const media = createMedia({ database, download: engine.download.bind(engine) });
  let base = config.baseUrl ?? `http://127.0.0.1:${config.port}`;
  const webhooks = stack.use(
    await startWebhooks({
      database,
      bell,
      append: events.appendWithin.bind(events),
      cursorAt: (position) => events.cursorAt(position),
      positionOf: (after) => events.positionOf(after),
      extent: () => events.extent,
      judgeUrl: (address) => judgeUrl(address, privateTargets),
      post: outbound.request.bind(outbound),
      drawQr: qrSvg,
      attachments: attachmentsOf(media, () => base),
      log,
      step,
      retryDelays: overrides.webhookRetryDelays,
    }),
  );

  const keys = stack.use(await Keys.open(database));
  const audit = await Audit.open(database);
  const chores = choresOf(config, { database, events, keys });
  stack.use(startHousekeeper(chores, log, overrides.choresEveryMs));

  await instances.load();
  const messages = outgoing.serve(instances);
  const rooms = { instances, messages, webhooks, events, media, keys, audit };
  const { url: address, port } = stack.use(await openDoor(config, rooms, database, log));
  base = config.baseUrl ?? address;
  await sleep(FIRST_ANSWERS_MS);
  await engine.load();
  await instances.resume();
  outgoing.start();

  const running = stack.move();
  return { url: address, port, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
