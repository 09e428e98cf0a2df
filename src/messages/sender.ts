import { phoneOf } from "../domain/address.ts";
import { GatewayError, asError } from "../domain/errors.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { SendError } from "../domain/message.ts";
import type { Connection } from "../instances/instances.ts";
import type { Log } from "../lib/log.ts";
import type { RecordOutcome } from "./outcomes.ts";
import type { OutboxItem, Outbox } from "./outbox.ts";
import type { Recipients } from "./recipients.ts";

export interface SenderNeeds {
  readonly outbox: Outbox;
  readonly recipients: Recipients;
  readonly connectionOf: (id: InstanceId) => Connection | undefined;
  readonly epochOf: (id: InstanceId) => number | undefined;
  readonly record: RecordOutcome;
  readonly discardFile: (uid: string) => Promise<void>;
  readonly log: Log;
}

/** How many messages of one account may be under way without the server's ack. More would only wait at WhatsApp. */
const IN_FLIGHT = 32;

/** A message that cannot be built or encrypted is tried again this often; then it has failed. */
const TRIES = 5;

/** The pause of a chat after its message could not be sent, in milliseconds; doubled with each further failure. */
const PAUSE_MS = 1_000;

/** Sends what waits for one account, in order per chat, for as long as its connection is open. */
export class Sender {
  readonly #needs: SenderNeeds;
  readonly #id: InstanceId;
  readonly #pausedChats = new Map<Jid, NodeJS.Timeout>();
  readonly #failures = new Map<string, number>();
  #inFlight = new Map<MessageId, string>();
  #connection: Connection | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(needs: SenderNeeds, id: InstanceId) {
    this.#needs = needs;
    this.#id = id;
  }

  /** There may be something to do: a new message, an open connection, an ack that made room. */
  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** The server has answered for this message, well or badly. */
  settle(id: MessageId): void {
    const uid = this.#inFlight.get(id);
    if (uid === undefined) return;
    this.#inFlight.delete(id);
    this.#failures.delete(uid);
    this.#needs.discardFile(uid).catch((err: unknown) => {
      this.#needs.log.warn("a sent file could not be removed", { instance: this.#id, err });
    });
    this.wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#pausedChats.values()) clearTimeout(timer);
    this.#pausedChats.clear();
    this.#again = false;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        await this.#sendWaiting();
      } catch (err) {
        this.#needs.log.error("the queue of an instance could not be read", {
          instance: this.#id,
          err,
        });
      }
    }
  }

  async #sendWaiting(): Promise<void> {
    const connection = this.#needs.connectionOf(this.#id);
    if (connection !== this.#connection) {
      // What was under way on the socket before may have been lost with it: it is sent again under the same id.
      this.#inFlight = new Map();
      this.#connection = connection;
    }
    if (!connection) return;
    const isUsable = () => !this.#stopped && connection === this.#needs.connectionOf(this.#id);
    while (isUsable()) {
      const room = IN_FLIGHT - this.#inFlight.size;
      if (room <= 0) return;
      const waiting = await this.#needs.outbox.next(this.#id, {
        limit: room,
        besides: [...this.#inFlight.values()],
        besidesChats: [...this.#pausedChats.keys()],
      });
      if (waiting.length === 0) return;
      for (const item of waiting) if (isUsable()) await this.#sendOne(connection, item);
    }
  }

  async #sendOne(connection: Connection, item: OutboxItem): Promise<void> {
    if (this.#pausedChats.has(item.chat)) return;
    if (item.expiresAt && item.expiresAt.getTime() <= Date.now())
      return this.#end(item, "EXPIRED", null);
    try {
      const ready = await this.#prepare(connection, item);
      this.#inFlight.set(ready.id, ready.uid);
      await connection.transmit(ready.id, ready.to, ready.bytes);
    } catch (thrown) {
      this.#inFlight.delete(item.id);
      if (this.#needs.connectionOf(this.#id) !== connection) return;
      await this.#failed(item, thrown);
    }
  }

  /** Finds out who it goes to, builds it once, and marks it as being sent before a byte leaves. */
  async #prepare(connection: Connection, item: OutboxItem) {
    const { outbox, recipients } = this.#needs;
    let { to } = item;
    if (item.intent?.unresolved) {
      const lookUp = (phone: string) => connection.lookUp(phone);
      const { address } = await recipients.resolve(this.#id, phoneOf(item.to), lookUp);
      to = address.pn ?? address.id;
      await outbox.readdress(item, address);
    }
    if (item.raw) return { id: item.id, uid: item.uid, to, bytes: item.raw };
    if (!item.intent) throw new Error("a queued message has neither content nor intent");
    const { bytes, media } = await connection.prepare(item.intent.content, to);
    await outbox.markSending(item, bytes, media);
    return { id: item.id, uid: item.uid, to, bytes };
  }

  async #failed(item: OutboxItem, thrown: unknown): Promise<void> {
    const error = asError(thrown);
    if (error instanceof GatewayError && error.code === "NOT_ON_WHATSAPP") {
      return this.#end(item, "FAILED", {
        code: error.code,
        message: error.message,
        whatsappCode: null,
      });
    }
    const failures = (this.#failures.get(item.uid) ?? 0) + 1;
    const { log } = this.#needs;
    log.warn("a message could not be sent", {
      instance: this.#id,
      message: item.id,
      failures,
      err: error,
    });
    if (failures >= TRIES) {
      const message = "The message could not be built or encrypted, and was tried several times.";
      return this.#end(item, "FAILED", { code: "SEND_FAILED", message, whatsappCode: null });
    }
    this.#failures.set(item.uid, failures);
    this.#pause(item.chat, PAUSE_MS * 2 ** (failures - 1));
  }

  /** Later messages of the chat must not overtake the one that failed; other chats go on. */
  #pause(chat: Jid, ms: number): void {
    const timer = setTimeout(() => {
      this.#pausedChats.delete(chat);
      this.wake();
    }, ms);
    this.#pausedChats.set(chat, timer);
  }

  async #end(
    item: OutboxItem,
    status: "EXPIRED" | "FAILED",
    error: SendError | null,
  ): Promise<void> {
    this.#failures.delete(item.uid);
    const epoch = this.#needs.epochOf(this.#id);
    if (epoch === undefined) return;
    const ids = [item.id];
    const at = new Date();
    const outcome = {
      instanceId: this.#id,
      epoch,
      ids,
      status,
      at,
      chat: null,
      participant: null,
      error,
    };
    await this.#needs.record(outcome);
    await this.#needs.discardFile(item.uid);
  }
}
