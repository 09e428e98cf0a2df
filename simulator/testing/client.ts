import {
  addTransactionCapability,
  type AuthenticationCreds,
  type BaileysEventMap,
  type BinaryNode,
  initAuthCreds,
  makeWASocket,
  type proto,
  type SignalKeyStore,
  type SocketConfig,
  type WAMessageKey,
  DEFAULT_CONNECTION_CONFIG,
  type WAMessage,
  type WASocket,
} from "@whiskeysockets/baileys";
import { EventEmitter, on } from "node:events";
import { Agent as HttpsAgent } from "node:https";
import { pino } from "pino";
import type { Account } from "../accounts/account.ts";
import { MemoryKeyStore } from "../signal/key-store.ts";
import type { Simulator } from "../simulator.ts";

const silent = pino({ level: "silent" });
const EVENT_TIMEOUT_MS = 10_000;

type GetMessage = (key: WAMessageKey) => Promise<proto.IMessage | undefined>;
type Update = BaileysEventMap["connection.update"];

/** A real Baileys socket with its state in memory, which connects again after a 515 and on demand. */
export class Client implements AsyncDisposable {
  readonly creds: AuthenticationCreds;
  readonly keys: SignalKeyStore;
  readonly messages: { readonly message: WAMessage; readonly type: string }[] = [];
  /** Every stanza the server sent, in order. */
  readonly stanzas: BinaryNode[] = [];
  readonly #updates = new EventEmitter();
  readonly #simulator: Pick<Simulator, "url" | "caPem">;
  readonly #getMessage: GetMessage;
  #socket: WASocket | undefined;

  constructor(
    simulator: Pick<Simulator, "url" | "caPem">,
    getMessage: GetMessage = async () => undefined,
    creds: AuthenticationCreds = initAuthCreds(),
    keys: SignalKeyStore = new MemoryKeyStore(),
  ) {
    this.#simulator = simulator;
    this.#getMessage = getMessage;
    this.creds = creds;
    this.keys = keys;
  }

  /** A second process that uses the same credentials. */
  twin(): Client {
    return new Client(this.#simulator, this.#getMessage, this.creds, this.keys);
  }

  get socket(): WASocket {
    if (this.#socket === undefined) throw new Error("not connected");
    return this.#socket;
  }

  /** Linked and open. */
  static async linked(
    simulator: Simulator,
    account: Account,
    getMessage?: GetMessage,
  ): Promise<Client> {
    const client = new Client(simulator, getMessage);
    const qr = client.next((update) => update.qr);
    client.connect();
    await Promise.all([account.link({ qr: await qr }), client.opened()]);
    return client;
  }

  connect(): void {
    const socket = makeWASocket({
      auth: { creds: this.creds, keys: this.keys },
      waWebSocketUrl: this.#simulator.url,
      logger: silent,
      getMessage: this.#getMessage,
      makeSignalRepository: repositoryWithItsOwnTransactions(this.keys),
      fetchAgent: new HttpsAgent({ ca: this.#simulator.caPem }),
      retryRequestDelayMs: 1,
      // Otherwise Baileys holds its events back for 20 s after a login, waiting for a history.
      shouldSyncHistoryMessage: () => false,
    });
    this.#socket = socket;
    // Baileys rejects inside its own listener when a frame cannot be decrypted.
    const { ws } = socket;
    const frameListeners = ws.listeners("message");
    ws.removeAllListeners("message");
    ws.on("message", (data: Buffer) => {
      for (const listener of frameListeners) {
        Promise.resolve(listener(data)).catch((error: unknown) => {
          void socket.end(error instanceof Error ? error : new Error(String(error)));
        });
      }
    });
    ws.on("frame", (frame: BinaryNode | Uint8Array) => {
      // The two frames of the handshake come as bytes.
      if ("tag" in frame) this.stanzas.push(frame);
    });
    ws.on("unexpected-response", (_request: unknown, response: { statusCode?: number }) => {
      void socket.end(new Error(`upgrade refused with ${response.statusCode}`));
    });
    socket.ev.on("creds.update", (update) => Object.assign(this.creds, update));
    socket.ev.on("messages.upsert", ({ messages, type }) => {
      for (const message of messages) {
        // What devices of one account say to each other is no message of a chat.
        if (message.category !== "peer") this.messages.push({ message, type });
      }
    });
    socket.ev.on("connection.update", (update) => {
      if (closeCode(update) === 515) this.connect();
      this.#updates.emit("update", update);
    });
  }

  /** The first value that `pick` finds in a later connection update. */
  async next<T>(pick: (update: Update) => T | undefined): Promise<T> {
    const signal = AbortSignal.timeout(EVENT_TIMEOUT_MS);
    for await (const [update] of on(this.#updates, "update", { signal })) {
      const picked = pick(update as Update);
      if (picked !== undefined) return picked;
    }
    throw new Error("unreachable: the iterator ends by its signal only");
  }

  async opened(): Promise<void> {
    await this.next((update) => (update.connection === "open" ? true : undefined));
  }

  /** The status code of the next close, except that of a restart after linking. */
  async closed(): Promise<number> {
    return this.next((update) => {
      const code = closeCode(update);
      return code === 515 ? undefined : code;
    });
  }

  texts(): (string | null | undefined)[] {
    return this.messages.map(
      ({ message }) => message.message?.conversation ?? message.message?.extendedTextMessage?.text,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A close with a code that means "closed on purpose" keeps nobody waiting.
    await this.#socket?.end(undefined);
  }
}

function closeCode(update: Update): number | undefined {
  if (update.connection !== "close") return undefined;
  const error: unknown = update.lastDisconnect?.error;
  if (typeof error !== "object" || error === null || !("output" in error)) return 0;
  const { output } = error as { output: { statusCode: number } };
  return output.statusCode;
}

/** Stock Baileys loses ratchets when it sends and receives at once; one transaction per call does not. */
function repositoryWithItsOwnTransactions(
  store: SignalKeyStore,
): SocketConfig["makeSignalRepository"] {
  return (auth, logger, pnToLids) => {
    const keys = addTransactionCapability(store, silent, {
      maxCommitRetries: 1,
      delayBetweenTriesMs: 1,
    });
    return DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
      { creds: auth.creds, keys },
      logger,
      pnToLids,
    );
  };
}
