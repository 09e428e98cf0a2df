import manifest from "../package.json" with { type: "json" };
import { createAccess } from "./access/access.ts";
import type { Config } from "./config.ts";
import type { Step } from "./domain/steps.ts";
import { createBaileysEngine } from "./engine/baileys/baileys-engine.ts";
import type { EngineOptions } from "./engine/baileys/baileys-engine.ts";
import { EventLog } from "./events/event-log.ts";
import type { Context } from "./graphql/context.ts";
import { createMaskError } from "./graphql/errors.ts";
import { schema } from "./graphql/schema.ts";
import type { Call } from "./http/pipeline.ts";
import { listen } from "./http/server.ts";
import { inboxProjection } from "./instances/inbox-projection.ts";
import { Registry } from "./instances/registry.ts";
import { createSessionStore } from "./instances/session-store.ts";
import type { Log } from "./lib/log.ts";
import { qrSvg } from "./lib/qr.ts";
import { messageProjection } from "./messages/projection.ts";
import { createMessageRoom } from "./messages/room.ts";
import type { OutboundOptions } from "./outbound/outbound.ts";
import { createOutbound } from "./outbound/outbound.ts";
import { parsePrivateTargets } from "./outbound/private-targets.ts";
import { judgeUrl } from "./outbound/url.ts";
import { useRest } from "./rest/plugin.ts";
import { openDatabase } from "./store/database.ts";
import { readinessOf } from "./store/readiness.ts";
import { Bell } from "./webhooks/bell.ts";
import { deliveryProjection } from "./webhooks/projection.ts";
import { startWebhooks } from "./webhooks/start.ts";

export interface Gateway extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/** What a test may replace (names on the network, and how long things take) and watch. */
export interface Overrides {
  readonly resolve?: OutboundOptions["resolve"];
  readonly engineTimeouts?: EngineOptions["timeouts"];
  readonly webhookRetryDelays?: readonly number[];
  /** Told of the moments at which a fault campaign ends the process. */
  readonly step?: Step;
}

/** Builds every room in the order it may depend on the others, and takes them down in reverse. */
export async function startGateway(
  config: Config,
  log: Log,
  overrides: Overrides = {},
): Promise<Gateway> {
  const { dataDir, encryptionKey, oldEncryptionKeys, allowedOrigins, allowedHosts } = config;
  const { whatsappUrl, whatsappVersion } = config;
  const { step } = overrides;
  await using stack = new AsyncDisposableStack();

  const key = encryptionKey ? { encryptionKey, oldEncryptionKeys } : { oldEncryptionKeys };
  const database = stack.use(await openDatabase({ dataDir, url: config.databaseUrl, ...key }));
  const bell = new Bell();
  const projections = [messageProjection, inboxProjection(step), deliveryProjection(bell.ring)];
  const events = await EventLog.open(database, projections);

  const privateTargets = parsePrivateTargets(config.privateTargets);
  const resolve = overrides.resolve ? { resolve: overrides.resolve } : {};
  const outbound = stack.use(createOutbound({ privateTargets, ...resolve }));
  const engine = stack.use(
    createBaileysEngine({
      log,
      step,
      ...(whatsappUrl === undefined ? {} : { url: whatsappUrl }),
      ...(whatsappVersion === undefined ? {} : { version: whatsappVersion.join(".") }),
      ...(overrides.engineTimeouts ? { timeouts: overrides.engineTimeouts } : {}),
    }),
  );

  const download = outbound.download.bind(outbound);
  const outgoing = stack.use(
    createMessageRoom({
      database,
      events,
      dataDir,
      download,
      accountOf: (id) => instances.sending(id),
      reconnect: (id) => instances.reconnect(id),
      restrict: (id, restriction) => instances.restrict(id, restriction),
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
      onSendFact: outgoing.hear,
      onOpen: outgoing.wake,
      log,
    }),
  );
  const messages = outgoing.serve(instances);

  const webhooks = stack.use(
    await startWebhooks({
      database,
      bell,
      append: (tx, drafts) => events.appendWithin(tx, drafts),
      cursorAt: (position) => events.cursorAt(position),
      positionOf: (after) => events.positionOf(after),
      extent: () => events.extent,
      judgeUrl: (url) => judgeUrl(url, privateTargets),
      post: outbound.request.bind(outbound),
      drawQr: qrSvg,
      log,
      step,
      ...(overrides.webhookRetryDelays ? { retryDelays: overrides.webhookRetryDelays } : {}),
    }),
  );

  const { version } = manifest;
  const context = (call: Call): Context => ({
    ...call,
    instances,
    messages,
    webhooks,
    events,
    log,
    version,
  });
  const maskError = createMaskError(log);
  const api = { schema, context, maskError, plugins: [useRest(maskError)] };
  const access = createAccess({ apiKey: config.apiKey });
  const readiness = readinessOf(database, dataDir);
  const { port, host } = config;
  const door = { port, host, api, access, allowedOrigins, allowedHosts, readiness, log };
  const server = stack.use(await listen(door));
  await instances.resume();

  const running = stack.move();
  return {
    url: server.url,
    port: server.port,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
