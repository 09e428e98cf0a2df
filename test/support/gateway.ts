import { expect } from "vitest";
import { type Account, type Simulator, startSimulator } from "../../simulator/index.ts";
import { type Environment, readConfig } from "../../src/config.ts";
import { type Gateway, startGateway } from "../../src/gateway.ts";
import type { Overrides } from "../../src/overrides.ts";
import { createLog } from "../../src/lib/log.ts";
import { callsTo, type Calls } from "./calls.ts";
import { eventually } from "./eventually.ts";
import type { ShownEvent, ShownInstance } from "./shown.ts";
import { openSse, type SseMessage } from "./sse.ts";
import type { Stream } from "./stream.ts";
import { subscribe } from "./subscription.ts";
import { migratedDir } from "./temp-database.ts";

/** A line of the process log. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export interface TestGatewayOptions {
  readonly env?: Environment;
  readonly overrides?: Overrides;
  /** Instead of a directory of its own, which is gone afterwards. */
  readonly dataDir?: string;
  /** Instead of a simulator of its own. */
  readonly wa?: Simulator;
}

/** A real gateway on a free port with a simulated WhatsApp, used as its users do. */
export interface TestGateway extends Calls, AsyncDisposable {
  readonly wa: Simulator;
  readonly url: string;
  readonly dataDir: string;
  /** What it has logged so far. */
  readonly lines: readonly LogLine[];
  subscribe<T>(query: string, variables?: Readonly<Record<string, unknown>>): Stream<T>;
  sse<T>(path: string, headers?: Readonly<Record<string, string>>): Promise<Stream<SseMessage<T>>>;
  /** Creates an instance and links it to the phone by QR. */
  linked(id: string, phone: string, webhook?: string): Promise<Account>;
  status(id: string): Promise<ShownInstance>;
  /** Resolves once the instance stands there. */
  reaches(id: string, status: string): Promise<ShownInstance>;
  /** The newest of what has happened to an instance, oldest first. */
  events(id: string, type?: string): Promise<readonly ShownEvent[]>;
  /** The first event of this type that matches, past or to come. */
  event(id: string, type: string, match?: (event: ShownEvent) => boolean): Promise<ShownEvent>;
  stop(): Promise<void>;
  /** On the same port and data. */
  start(): Promise<void>;
  restart(): Promise<void>;
}

export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  await using stack = new AsyncDisposableStack();
  const wa = options.wa ?? stack.use(await startSimulator());
  const dataDir = options.dataDir ?? stack.use(await migratedDir()).path;
  const lines: LogLine[] = [];
  const log = createLog("info", {
    write: (line) => void lines.push(JSON.parse(line) as LogLine),
  });
  let port = 0;
  let running: Gateway | undefined;

  async function start(): Promise<void> {
    const env = { DATA_DIR: dataDir, WHATSAPP_URL: wa.url, PORT: String(port), ...options.env };
    running = await startGateway(readConfig(env), log, options.overrides);
    ({ port } = running);
  }
  async function stop(): Promise<void> {
    await running?.[Symbol.asyncDispose]();
    running = undefined;
  }
  stack.defer(stop);
  await start();
  const url = `http://127.0.0.1:${port}`;
  const calls = callsTo(url);

  const status = async (id: string) =>
    (await calls.get<ShownInstance>(`/instances/${id}/status`)).body;
  async function events(id: string, type?: string): Promise<readonly ShownEvent[]> {
    const query = new URLSearchParams({ instanceId: id, limit: "200", ...(type && { type }) });
    return (await calls.get<{ events: readonly ShownEvent[] }>(`/events?${query}`)).body.events;
  }
  async function reaches(id: string, wanted: string): Promise<ShownInstance> {
    let last: ShownInstance | undefined;
    const look = async () => ((last = await status(id)).status === wanted ? last : undefined);
    return eventually(look, () => `"${id}" is ${JSON.stringify(last)}, not ${wanted}`);
  }
  const owned = stack.move();
  return {
    ...calls,
    wa,
    url,
    dataDir,
    lines,
    subscribe: (query, variables) => subscribe(url, query, variables),
    sse: (path, headers) => openSse(`${url}${path}`, headers),
    status,
    reaches,
    events,
    async linked(id, phone, webhook) {
      const account = await wa.account(phone);
      const created = await calls.post("/instances", { instanceId: id, webhook });
      expect(created).toMatchObject({ status: 201 });
      const { body } = await calls.get<{ qr: string }>(`/instances/${id}/qr`);
      await account.link(body);
      await reaches(id, "OPEN");
      return account;
    },
    async event(id, type, match = () => true) {
      const look = async () => (await events(id, type)).find(match);
      return eventually(look, () => `"${id}" has no such ${type}`);
    },
    start,
    stop,
    async restart() {
      await stop();
      await start();
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
