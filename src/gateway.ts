import { setTimeout as sleep } from "node:timers/promises";
import { Audit } from "./access/audit.ts";
import { Keys } from "./access/keys.ts";
import type { Config } from "./config.ts";
import { ThroughputMeter } from "./events/throughput.ts";
import { createHealth } from "./health/health.ts";
import { createContactBook } from "./directory/contact-book.ts";
import { Bell } from "./lib/bell.ts";
import { startHousekeeper } from "./lib/housekeeper.ts";
import type { Log } from "./lib/log.ts";
import { steadyNow } from "./lib/steady-clock.ts";
import { createOutbound } from "./outbound/outbound.ts";
import { parsePrivateTargets } from "./outbound/private-targets.ts";
import type { Overrides } from "./overrides.ts";
import { openDatabase } from "./store/database.ts";
import type { WebhookBell } from "./webhooks/bell.ts";
import { openAccounts } from "./wiring/accounts.ts";
import { choresOf } from "./wiring/chores.ts";
import { openDeliveries } from "./wiring/deliveries.ts";
import { openDoor } from "./wiring/door.ts";
import { openLog } from "./wiring/log.ts";

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
  overrides: Overrides = {},
): Promise<Gateway> {
  await using stack = new AsyncDisposableStack();
  const open = overrides.openDatabase ?? openDatabase;
  const database = stack.use(await open({ ...config, url: config.databaseUrl }));
  const bell: WebhookBell = new Bell();
  const contacts = createContactBook(steadyNow);
  const copyBell = new Bell();
  const told = { database, contacts, bell, copyBell };
  const events = await openLog(config, told, overrides.step);

  const privateTargets = parsePrivateTargets(config.privateTargets);
  const outbound = stack.use(createOutbound({ privateTargets, resolve: overrides.resolve }));
  const shared = { database, events, contacts, outbound, copyBell, log };
  const accounts = stack.use(await openAccounts(config, shared, overrides));
  const { instances, media } = accounts.rooms;
  let address = `http://127.0.0.1:${config.port}`;
  const baseUrl = (): string => config.baseUrl ?? address;
  const delivering = { ...shared, bell, privateTargets, media, baseUrl };
  const webhooks = stack.use(await openDeliveries(delivering, overrides));

  const keys = stack.use(await Keys.open(database, log));
  const audit = await Audit.open(database);
  const chores = [...choresOf(config, { database, events, keys }), ...accounts.chores];
  stack.use(startHousekeeper(chores, log, overrides.choresEveryMs));

  await instances.load();
  const throughput = new ThroughputMeter(database.read, events);
  const health = stack.use(createHealth(database, config.dataDir));
  const rooms = { ...accounts.rooms, webhooks, events, throughput, health, keys, audit };
  const door = stack.use(await openDoor(config, rooms, database, log, overrides));
  address = door.url;
  await sleep(FIRST_ANSWERS_MS);
  await accounts.resume();

  const running = stack.move();
  const { url, port } = door;
  return { url, port, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
