import type { InstanceId, WebhookId } from "../domain/ids.ts";
import type { Step } from "../domain/steps.ts";
import type { Log } from "../lib/log.ts";
import type { EventCodec } from "../events/codec.ts";
import { eventCodec } from "../events/codec.ts";
import type { Database } from "../store/database.ts";
import { Alarm } from "./alarm.ts";
import type { Attachments } from "./attachment.ts";
import { bodyMaker } from "./body.ts";
import { Courier } from "./courier.ts";
import { deliver, ORDER_WAIT_MS } from "./deliver.ts";
import type { DeliverParts } from "./deliver.ts";
import { lastPosition, nextDueAt, readBusyWebhooks, readDue } from "./due.ts";
import type { DueDelivery } from "./due.ts";
import { passLate } from "./late.ts";
import { loadEndpoint } from "./endpoint.ts";
import { Health } from "./health.ts";
import type { AppendWithin } from "./health.ts";
import { Pace, PACE_LIMITS } from "./pace.ts";
import type { PaceLimits } from "./pace.ts";
import type { DrawQr } from "./payload.ts";
import { DEADLINE_MS, postOnce } from "./post.ts";
import type { Post } from "./post.ts";
import { RETRY_DELAYS } from "./schedule.ts";
import type { Random } from "./schedule.ts";
import { settling } from "./settle.ts";
import { Slots } from "./slots.ts";
import { steadyNow } from "../lib/steady-clock.ts";

/** So many couriers that have nothing to do keep what they learned about their endpoints. */
const IDLE_COURIERS = 1_000;

/** How long what runs may go on when the gateway stops (milliseconds); what is cut off is sent again at the next start. */
const DRAIN_MS = 5_000;

export interface DispatcherOptions {
  readonly database: Database;
  /** Appends inside a transaction of ours. */
  readonly append: AppendWithin;
  readonly cursorAt: (position: number) => string;
  readonly post: Post;
  readonly drawQr: DrawQr;
  readonly attachments: Attachments;
  readonly log: Log;
  /** Told, after the commit, whose deliveries were tried. */
  readonly settled: (webhookIds: Iterable<WebhookId>) => void;
  readonly now?: () => number;
  readonly random?: Random;
  readonly slots?: Slots;
  readonly pace?: PaceLimits;
  /** For webhooks that bring no schedule of their own. */
  readonly retryDelays?: readonly number[] | undefined;
  readonly orderWaitMs?: number;
  /** For one POST, from the name's resolution to the answer's last byte. */
  readonly deadlineMs?: number;
  readonly drainMs?: number;
  readonly step?: Step | undefined;
}

/** Sends what is due, for all webhooks. It sleeps until it is woken or a try is due, and asks nobody in between. */
export class Dispatcher implements AsyncDisposable {
  readonly #options: DispatcherOptions;
  readonly #now: () => number;
  readonly #random: Random;
  readonly #slots: Slots;
  readonly #parts: DeliverParts;
  readonly #codec: EventCodec;
  readonly #couriers = new Map<WebhookId, Courier>();
  readonly #idle = new Set<WebhookId>();
  readonly #alarm: Alarm<WebhookId>;
  readonly #abort = new AbortController();
  #closing: Promise<void> | undefined;

  constructor(options: DispatcherOptions) {
    const { database, cursorAt, post, drawQr, attachments, log, settled } = options;
    const now = options.now ?? steadyNow;
    // A signature has to show the time of the world, all waiting goes by one that nobody can set.
    const wallClock = options.now ?? Date.now;
    const random = options.random ?? Math.random;
    const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    this.#options = options;
    this.#now = now;
    this.#codec = eventCodec(database.vault);
    this.#random = random;
    this.#slots = options.slots ?? new Slots();
    this.#alarm = new Alarm((id) => this.#ring(id), now);
    this.#parts = {
      now,
      wallClock,
      random,
      orderWaitMs: options.orderWaitMs ?? ORDER_WAIT_MS,
      step: options.step,
      post: (endpoint, message, signal) =>
        postOnce(endpoint, message, { post, now: wallClock, log, deadlineMs, signal }),
      bodyOf: bodyMaker({ cursorAt, drawQr, attachments }),
      failed: (err) => log.error("webhook body could not be made", { err }),
      settle: database.writer.batch(settling(settled)),
    };
  }

  /** Takes up what an earlier process left. */
  async start(): Promise<void> {
    this.wake(await readBusyWebhooks(this.#options.database.read));
  }

  /** Events were logged for these webhooks. */
  readonly arrived = (ids: Iterable<WebhookId>): void => {
    if (this.#closing) return;
    for (const id of ids) this.#courier(id).arrived();
  };

  /** These webhooks may have something to deliver. */
  readonly wake = (ids: Iterable<WebhookId>): void => {
    if (this.#closing) return;
    for (const id of ids) this.#courier(id).wake();
  };

  /** This webhook was changed or deleted; `anew` if what was learned about its endpoint does not hold any more. */
  readonly refresh = (id: WebhookId, anew = false): void => {
    if (!this.#closing) this.#courier(id).refresh(anew);
  };

  /** These instances are gone, and with them their webhooks and events. Returns the webhooks that delivered for them. */
  leave(gone: readonly InstanceId[]): readonly WebhookId[] {
    const theirs = [...this.#couriers].flatMap(([id, courier]) =>
      gone.some((each) => courier.serves(each)) ? [id] : [],
    );
    for (const id of theirs) this.refresh(id);
    return theirs;
  }

  /** Until when an endpoint that fails, or asked for it, is left alone; undefined while it may be called. */
  closedUntil(id: WebhookId): number | undefined {
    return this.#couriers.get(id)?.closedUntil;
  }

  /** Posts one delivery now, beside all that waits; undefined when too much is under way. */
  sendNow(id: WebhookId, due: DueDelivery): Promise<void> | undefined {
    const free = this.#closing ? undefined : this.#slots.take(false);
    return free && this.#sendAlone(id, due).finally(free);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#alarm[Symbol.dispose]();
    const cut = () => this.#abort.abort(new Error("the gateway is stopping"));
    const timer = setTimeout(cut, this.#options.drainMs ?? DRAIN_MS);
    await Promise.all(Array.from(this.#couriers.values(), (each) => each.close()));
    clearTimeout(timer);
    cut();
  }

  #ring(id: WebhookId): void {
    if (!this.#closing) this.#courier(id).ring();
  }

  async #sendAlone(id: WebhookId, due: DueDelivery): Promise<void> {
    const endpoint = await this.#load(id);
    if (endpoint) await deliver(this.#parts, endpoint, due, this.#abort.signal);
  }

  #load(id: WebhookId) {
    const { read, vault } = this.#options.database;
    const retryDelays = this.#options.retryDelays ?? RETRY_DELAYS;
    return loadEndpoint({ read, vault, now: this.#now(), retryDelays }, id);
  }

  #courier(id: WebhookId): Courier {
    this.#idle.delete(id);
    const known = this.#couriers.get(id);
    if (known) return known;
    const made = this.#hire(id);
    this.#couriers.set(id, made);
    return made;
  }

  #hire(id: WebhookId): Courier {
    const { database, append, log } = this.#options;
    const disabled = (reason: string) => {
      log.warn("webhook disabled", { webhookId: id, reason });
      this.refresh(id);
    };
    const calledBack = () => this.wake([id]);
    const { writer } = database;
    const health = new Health(id, { writer, append, now: this.#now, calledBack, disabled });
    return new Courier({
      now: this.#now,
      newPace: (dead) => new Pace(this.#options.pace ?? PACE_LIMITS, this.#random, dead),
      load: () => this.#load(id),
      readDue: (query) =>
        readDue(database.read, this.#codec, { ...query, webhookId: id, now: this.#now() }),
      passLate: () => passLate(database, id, this.#now()),
      lastPosition: () => lastPosition(database.read, id),
      nextDueAt: (since) => nextDueAt(database.read, id, since),
      deliver: (endpoint, due) => deliver(this.#parts, endpoint, due, this.#abort.signal),
      report: async (endpoint, { event }, verdict, wasDead) => {
        if (event) await health.report(endpoint, event.instanceId, verdict, wasDead);
      },
      takeSlot: (proven) => this.#slots.take(proven),
      awaitSlot: (offer, proven) => this.#slots.await(offer, proven),
      withdraw: (offer) => this.#slots.withdraw(offer),
      wakeAt: (at) => this.#alarm.set(id, at),
      failed: (err) => log.error("webhook dispatch failed", { err, webhookId: id }),
      resting: () => this.#rest(id),
    });
  }

  /** The alarm stays: it finds a new courier if this one is forgotten. */
  #rest(id: WebhookId): void {
    this.#idle.delete(id);
    this.#idle.add(id);
    if (this.#idle.size <= IDLE_COURIERS) return;
    const [oldest] = this.#idle;
    if (oldest === undefined) return;
    this.#idle.delete(oldest);
    this.#couriers.delete(oldest);
  }
}
