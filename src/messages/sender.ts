import { phoneOf } from "../domain/address.ts";
import { GatewayError, asError } from "../domain/errors.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { Deliverability, Pace, Pacing } from "../domain/instance.ts";
import type { SendError } from "../domain/message.ts";
import type { Connection } from "../instances/instances.ts";
import { BoundedMap } from "../lib/bounded-map.ts";
import type { Log } from "../lib/log.ts";
import { ChatPauses } from "./chat-pauses.ts";
import type { AckPatience } from "./flight.ts";
import { Flight } from "./flight.ts";
import { isNoRecipient } from "./no-recipient.ts";
import type { RecordOutcome } from "./outcomes.ts";
import type { OutboxItem, Outbox } from "./outbox.ts";
import { Pacer } from "./pacer.ts";
import type { Recipients } from "./recipients.ts";
import { TypingShows } from "./typing.ts";

/** What a sender has to know of its account at this moment. */
export interface SendingAccount {
  /** Nothing while it is not connected. */
  readonly connection: Connection | undefined;
  readonly epoch: number;
  readonly pacing: Pacing | null;
}

export interface SenderNeeds {
  readonly outbox: Outbox;
  readonly recipients: Recipients;
  readonly accountOf: (id: InstanceId) => SendingAccount | undefined;
  /** The connection looks open and answers nothing. */
  readonly reconnect: (id: InstanceId) => Promise<void>;
  readonly record: RecordOutcome;
  readonly discardFile: (uid: string) => Promise<void>;
  readonly ackPatience: AckPatience;
  readonly log: Log;
}

/** How many messages of one account may be under way without the server's ack. More would only wait at WhatsApp. */
const IN_FLIGHT = 32;

/** After the database could not be read, in milliseconds. */
const AGAIN_MS = 1_000;

/** Chats that are held up at the same time; each end of a pause lets the next try. */
const PAUSED_AT_ONCE = 100;

/** What a timer of Node takes at most: beyond it would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** As many chats as may be held up at once; what is forgotten begins to count anew. */
const FAILURES_KEPT = 1_000;

/** A message that cannot be built or encrypted is tried again this often; then it has failed. */
const TRIES = 5;

/** Sends what waits for one account, in order per chat, for as long as its connection is open. */
export class Sender {
  readonly #needs: SenderNeeds;
  readonly #id: InstanceId;
  readonly #flight: Flight;
  readonly #pauses = new ChatPauses(() => this.wake());
  readonly #typing: TypingShows;
  readonly #failures = new BoundedMap<string, number>(FAILURES_KEPT);
  #pacer: Pacer | undefined;
  #connection: Connection | undefined;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #again = false;
  #stopped = false;

  constructor(needs: SenderNeeds, id: InstanceId) {
    this.#needs = needs;
    this.#id = id;
    this.#flight = new Flight(needs.ackPatience);
    this.#typing = new TypingShows(() => this.wake(), needs.log);
  }

  get deliverability(): Deliverability {
    return this.#flight.deliverability;
  }

  /** What is left of the pace it was given. */
  pace(pacing: Pacing): Pace {
    return this.#pacerFor(pacing).pace;
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
    const uid = this.#flight.acknowledge(id);
    if (uid === undefined) return;
    this.#failures.delete(uid);
    void this.#discard(uid);
    this.wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#again = false;
    this.#pauses.clear();
    this.#typing.clear();
    clearTimeout(this.#timer);
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
        this.#wakeIn(AGAIN_MS);
      }
    }
  }

  async #sendWaiting(): Promise<void> {
    const account = this.#needs.accountOf(this.#id);
    const connection = account?.connection;
    if (connection !== this.#connection) {
      // What was under way on the socket before may have been lost with it: it is sent again under the same id.
      this.#flight.clear();
      this.#typing.clear();
      this.#connection = connection;
    }
    if (!account || !connection) return;
    const isUsable = () =>
      !this.#stopped && connection === this.#needs.accountOf(this.#id)?.connection;
    const pacer = account.pacing && this.#pacerFor(account.pacing);
    while (isUsable()) {
      // So many at once are no trouble of theirs: more tries would only be more of the same.
      if (this.#pauses.size >= PAUSED_AT_ONCE) return this.#watch();
      const limit = IN_FLIGHT - this.#flight.size;
      if (limit <= 0) return this.#watch();
      const besides = this.#flight.uids;
      const besidesChats = [...this.#pauses.chats, ...this.#typing.chats];
      const waiting = await this.#needs.outbox.next(this.#id, { limit, besides, besidesChats });
      if (waiting.length === 0) return this.#watch();
      for (const item of waiting) {
        if (!isUsable()) return;
        if (this.#pauses.has(item.chat) || this.#typing.has(item.chat)) continue;
        // Typing is the beginning of a send: it has taken its turn already.
        const wait = this.#typing.wasShown(item) ? 0 : (pacer?.take() ?? 0);
        if (wait > 0) return this.#watch(wait);
        await this.#sendOne(connection, item);
      }
    }
  }

  async #sendOne(connection: Connection, item: OutboxItem): Promise<void> {
    try {
      const { chat, to } = await this.#resolve(connection, item);
      // Only now is it known to be the chat in which an earlier message is being typed.
      if (this.#typing.has(chat)) return;
      if (this.#typing.isDue(item)) return this.#typing.begin(connection, item, chat, to);
      const bytes = item.raw ?? (await this.#prepare(connection, item, to));
      if (!bytes) return this.#pauses.pause(item.chat, 1);
      this.#typing.end(connection, item, to);
      this.#flight.begin(item.id, item.uid);
      await connection.transmit(item.id, to, bytes, item.audience);
    } catch (thrown) {
      this.#flight.end(item.id);
      if (this.#needs.accountOf(this.#id)?.connection !== connection) return;
      await this.#failed(item, thrown);
    }
  }

  /** Finds out who it goes to, and in which chat it waits, where WhatsApp could not be asked before. */
  async #resolve(
    connection: Connection,
    item: OutboxItem,
  ): Promise<Pick<OutboxItem, "chat" | "to">> {
    if (!item.intent?.unresolved) return item;
    const { outbox, recipients } = this.#needs;
    const lookUp = (phone: string) => connection.lookUp(phone);
    const { address } = await recipients.resolve(this.#id, phoneOf(item.to), lookUp);
    await outbox.readdress(item, address, this.#epoch);
    return { chat: address.id, to: address.pn ?? address.id };
  }

  /** Builds it once, and marks it as being sent before a byte leaves. */
  async #prepare(
    connection: Connection,
    item: OutboxItem,
    to: Jid,
  ): Promise<Uint8Array | undefined> {
    if (!item.intent) throw new Error("a queued message has neither content nor intent");
    const built = await connection.prepare(item.intent.content, to);
    // Cancelled or taken over meanwhile: then nothing leaves.
    const { outbox } = this.#needs;
    return (await outbox.markSending(item, this.#epoch, built)) ? built.bytes : undefined;
  }

  get #epoch(): number {
    return this.#needs.accountOf(this.#id)?.epoch ?? -1;
  }

  async #failed(item: OutboxItem, thrown: unknown): Promise<void> {
    const error = asError(thrown);
    const { log } = this.#needs;
    const code = error instanceof GatewayError ? error.code : "INTERNAL";
    log.warn("a message could not be sent", {
      instance: this.#id,
      message: item.id,
      code,
      err: error,
    });
    if (isNoRecipient(code)) {
      const told = error instanceof GatewayError ? error.details["whatsappCode"] : null;
      const whatsappCode = typeof told === "number" ? told : null;
      return this.#fail(item, { code, message: error.message, whatsappCode });
    }
    const failures = (this.#failures.get(item.uid) ?? 0) + 1;
    this.#failures.set(item.uid, failures);
    // A silent server and a full disk are no fault of the message: it waits until it expires.
    const isItsOwn = code !== "UNAVAILABLE" && code !== "STORE_FAILED";
    if (isItsOwn && failures >= TRIES) {
      const message = "The message could not be built or encrypted, and was tried several times.";
      return this.#fail(item, { code: "SEND_FAILED", message, whatsappCode: null });
    }
    this.#pauses.pause(item.chat, failures);
  }

  async #fail({ uid, id }: OutboxItem, error: SendError): Promise<void> {
    this.#failures.delete(uid);
    const epoch = this.#needs.accountOf(this.#id)?.epoch;
    if (epoch === undefined) return;
    const outcome = { instanceId: this.#id, epoch, ids: [id], at: new Date(), error };
    await this.#needs.record({ ...outcome, status: "FAILED", chat: null, participant: null });
    await this.#discard(uid);
  }

  /**
   * Nothing can be sent now, but what was sent may never be answered.
   * @param nextMs when there is something to send again, in milliseconds
   */
  #watch(nextMs = Number.POSITIVE_INFINITY): void {
    const { size, waitMs } = this.#flight;
    const left = size === 0 ? Number.POSITIVE_INFINITY : this.#needs.ackPatience.replaceMs - waitMs;
    const next = Math.min(left, nextMs);
    if (next === Number.POSITIVE_INFINITY) return;
    if (left > 0) return this.#wakeIn(next);
    this.#needs.log.warn("no acks from WhatsApp, connecting anew", { instance: this.#id });
    void this.#needs.reconnect(this.#id);
  }

  #wakeIn(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), Math.min(ms, LONGEST_TIMER_MS));
  }

  #pacerFor(pacing: Pacing): Pacer {
    if (JSON.stringify(this.#pacer?.pacing) !== JSON.stringify(pacing))
      this.#pacer = new Pacer(pacing);
    return this.#pacer as Pacer;
  }

  async #discard(uid: string): Promise<void> {
    await this.#needs.discardFile(uid).catch((err: unknown) => {
      this.#needs.log.warn("a sent file could not be removed", { instance: this.#id, err });
    });
  }
}
