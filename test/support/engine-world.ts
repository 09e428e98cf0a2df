import { expect } from "vitest";
import type { InstanceId } from "../../src/domain/ids.ts";
import {
  createBaileysEngine,
  type EngineOptions,
} from "../../src/engine/baileys/baileys-engine.ts";
import type { Connection, Engine, Fact, IncomingMessage } from "../../src/engine/engine.ts";
import type { SessionState } from "../../src/engine/session-state.ts";
import { USUAL_SETTINGS } from "../../src/domain/settings.ts";
import type { Log } from "../../src/lib/log.ts";
import { type Account, type Simulator, startSimulator } from "../../simulator/index.ts";
import { memorySessionState, type MemorySessionState } from "./memory-session-state.ts";

type FactOf<K extends Fact["kind"]> = Extract<Fact, { readonly kind: K }>;

/** A simulated WhatsApp and an engine that is connected to it. */
export interface EngineWorld extends AsyncDisposable {
  readonly wa: Simulator;
  readonly engine: Engine;
}

export const silent: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  with: () => silent,
};

export async function startEngineWorld(
  options: Partial<Omit<EngineOptions, "url">> = {},
): Promise<EngineWorld> {
  const wa = await startSimulator();
  const engine = createBaileysEngine({ log: silent, ...options, url: wa.url });
  return {
    wa,
    engine,
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await wa[Symbol.asyncDispose]();
    },
  };
}

/** A connection and everything it has reported. */
export interface Watched {
  readonly connection: Connection;
  readonly facts: readonly Fact[];
  /** The first fact of this kind, past or to come. */
  next<K extends Fact["kind"]>(kind: K, match?: (fact: FactOf<K>) => boolean): Promise<FactOf<K>>;
  /** All of this kind so far. */
  all<K extends Fact["kind"]>(kind: K): readonly FactOf<K>[];
}

export interface WatchOptions {
  readonly id?: string;
  /** What it returns is what the connection waits for. */
  readonly onFact?: (fact: Fact) => Promise<void> | void;
  readonly sentMessage?: (id: string) => Uint8Array | undefined;
}

export function watch(engine: Engine, state: SessionState, options: WatchOptions = {}): Watched {
  const facts: Fact[] = [];
  const connection = engine.open({
    settings: { ...USUAL_SETTINGS, proxy: null },
    instanceId: (options.id ?? "test") as InstanceId,
    state,
    report(fact) {
      facts.push(fact);
      return options.onFact?.(fact);
    },
    sentMessage: (id) => Promise.resolve(options.sentMessage?.(id)),
    storedMessage: () => Promise.resolve(undefined),
  });
  const all = <K extends Fact["kind"]>(kind: K): FactOf<K>[] =>
    facts.filter((fact): fact is FactOf<K> => fact.kind === kind);
  return {
    connection,
    facts,
    all,
    async next(kind, match = () => true) {
      const find = () => all(kind).find(match);
      await expect.poll(find).toBeDefined();
      return find()!;
    },
  };
}

export interface Linked extends Watched {
  readonly account: Account;
  readonly state: MemorySessionState;
  /** Texts of the messages reported so far. */
  texts(): readonly (string | null)[];
  message(text: string): Promise<IncomingMessage>;
}

/** Links an account by QR and connects it, through the restart that WhatsApp asks for. */
export async function link(
  { wa, engine }: Pick<EngineWorld, "wa" | "engine">,
  phone: string,
  state = memorySessionState(),
): Promise<Linked> {
  const account = await wa.account(phone);
  const first = watch(engine, state, { id: phone });
  const { text } = await first.next("qr");
  const linked = account.link({ qr: text });
  await first.next("close", ({ close }) => close.reaction === "RESTART");
  const again = await connect({ wa, engine }, phone, state);
  await linked;
  return again;
}

/** Connects an account that is linked already. */
export async function connect(
  { wa, engine }: Pick<EngineWorld, "wa" | "engine">,
  phone: string,
  state: MemorySessionState,
  options: WatchOptions = {},
): Promise<Linked> {
  const watched = watch(engine, state, { id: phone, ...options });
  await watched.next("open");
  return {
    ...watched,
    account: await wa.account(phone),
    state,
    texts: () => watched.all("message").map(({ message }) => message.text),
    async message(text) {
      return (await watched.next("message", ({ message }) => message.text === text)).message;
    },
  };
}

/** Sends a text as the gateway would: looks the number up, prepares, transmits. */
export async function sendText(from: Linked, phone: string, text: string): Promise<string> {
  const to = await from.connection.lookUp(phone);
  if (to === undefined) throw new Error(`nobody has ${phone}`);
  const { bytes } = await from.connection.prepare({ kind: "TEXT", text, quoted: null }, to.id);
  const id = `3EB0${Buffer.from(text).toString("hex").toUpperCase()}`;
  await from.connection.transmit(id as never, to.id, bytes);
  return id;
}
