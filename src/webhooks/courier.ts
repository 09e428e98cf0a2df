import type { Delivered } from "./deliver.ts";
import type { DueDelivery, DueQuery } from "./due.ts";
import type { Endpoint } from "./endpoint.ts";
import { Pace } from "./pace.ts";
import { LaneQueue } from "./queue.ts";
import { MAX_RETRY_AFTER_MS } from "./schedule.ts";
import type { FreeSlot } from "./slots.ts";

/** When the database cannot take a result, the endpoint is left alone for so long (milliseconds): it would get everything twice. */
const STORE_PAUSE_MS = 5_000;

/**
 * So many deliveries are read at once, and so many for each that may run. Few enough to be nothing
 * in memory; enough that a busy lane, which others are looked for behind, is not passed over often.
 */
const READ_AHEAD = { least: 64, each: 4 };

export interface CourierParts {
  load(): Promise<Endpoint | undefined>;
  readDue(query: Omit<DueQuery, "webhookId" | "now">): Promise<readonly DueDelivery[]>;
  lastPosition(): Promise<number>;
  nextDueAt(): Promise<number | undefined>;
  deliver(endpoint: Endpoint, due: DueDelivery): Promise<Delivered>;
  /** What the result says about the endpoint; `deadFor` (milliseconds) if this success ended an outage. */
  report(
    endpoint: Endpoint,
    due: DueDelivery,
    result: Delivered,
    deadFor: number | undefined,
  ): Promise<void>;
  takeSlot(proven: boolean): FreeSlot | undefined;
  awaitSlot(offer: () => boolean, proven: boolean): void;
  withdraw(offer: () => boolean): void;
  wakeAt(at: number): void;
  failed(error: unknown): void;
  /** It has nothing to do and may be forgotten. */
  resting(): void;
  now(): number;
  readonly pace: Pace;
}

/**
 * Delivers for one webhook. It keeps nothing but a handful of deliveries in memory: whatever else is
 * due is in the database, and is read when there is a hand free for it.
 *
 * No row is claimed before it is sent. One process dispatches (the data directory is locked), and a
 * try that a crash cut off must be made again anyway: receivers know a repetition by its id.
 */
export class Courier {
  readonly #parts: CourierParts;
  readonly #queue = new LaneQueue();
  readonly #tasks = new Set<Promise<void>>();
  #endpoint: Endpoint | undefined;
  /** The database may hold more that is due. */
  #more = true;
  /** Something due was left out of the last page, because its lane was busy. */
  #leftOut = false;
  /** Up to this position all that is due is in hand, or waits behind what is. */
  #seenTo = 0;
  /** How often that was taken back. */
  #lookedBack = 0;
  /** The alarm is set for whatever is due next. */
  #planned = false;
  #working = false;
  /** How often work was asked for: what comes while it goes on is done in another round. */
  #asked = 0;
  #closed = false;

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  /** There may be something to deliver. */
  wake(): void {
    this.#planned = false;
    this.#lookBack();
    this.#work();
  }

  /** Events were logged for it; nothing else has changed. */
  arrived(): void {
    this.#more = true;
    this.#work();
  }

  /** The webhook was changed. */
  refresh(): void {
    this.#endpoint = undefined;
    this.#queue.clear();
    this.wake();
  }

  /** Starts nothing more, and resolves when what runs has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#parts.withdraw(this.#startNext);
    while (this.#tasks.size > 0) await Promise.allSettled(this.#tasks);
  }

  #work(): void {
    this.#asked += 1;
    if (this.#working) return;
    this.#working = true;
    this.#track(this.#fill());
  }

  #track(task: Promise<void>): void {
    const tracked = task.finally(() => this.#tasks.delete(tracked));
    this.#tasks.add(tracked);
  }

  async #fill(): Promise<void> {
    try {
      let seen: number;
      do {
        seen = this.#asked;
        await this.#fillOnce();
      } while (seen !== this.#asked && !this.#closed);
    } catch (error) {
      this.#parts.failed(error);
      this.#parts.wakeAt(this.#parts.now() + STORE_PAUSE_MS);
    } finally {
      this.#working = false;
    }
  }

  async #fillOnce(): Promise<void> {
    const { load, pace } = this.#parts;
    if (this.#outdated()) this.#endpoint = undefined;
    const endpoint = (this.#endpoint ??= await load());
    if (endpoint?.enabled) {
      while (this.#startAll() && (await this.#readMore(endpoint)));
      await this.#plan();
    }
    if (this.#queue.idle && !pace.dead) this.#parts.resting();
  }

  /** Starts what is ready. Returns whether hands are left that find nothing to do. */
  #startAll(): boolean {
    while (this.#startNext());
    const { pace, now } = this.#parts;
    const endpoint = this.#endpoint;
    if (this.#closed || !endpoint || this.#queue.running >= pace.allowed(now())) return false;
    return this.#queue.ready(endpoint.ordering, now()) === undefined;
  }

  /** Starts one delivery, if one is ready and a hand and a slot are free. */
  readonly #startNext = (): boolean => {
    const { pace, takeSlot, awaitSlot } = this.#parts;
    const now = this.#parts.now();
    const endpoint = this.#endpoint;
    if (this.#closed || !endpoint || this.#queue.running >= pace.allowed(now)) return false;
    const due = this.#queue.ready(endpoint.ordering, now);
    if (!due) return false;
    const free = takeSlot(pace.proven);
    if (!free) {
      awaitSlot(this.#startNext, pace.proven);
      return false;
    }
    this.#queue.begin(due, endpoint.ordering, now);
    this.#track(this.#deliver(endpoint, due, free));
    return true;
  };

  async #readMore(endpoint: Endpoint): Promise<boolean> {
    if (!this.#more) return false;
    this.#more = false;
    const { pace, now, readDue, lastPosition } = this.#parts;
    const except = this.#queue.inHand;
    // Noted before the read: what ends while it goes on must know that its lane was passed over.
    this.#leftOut = except.length > 0;
    const after = this.#seenTo;
    const lookedBack = this.#lookedBack;
    const limit = Math.max(READ_AHEAD.least, READ_AHEAD.each * pace.allowed(now()));
    const last = await lastPosition();
    const page = await readDue({ ordering: endpoint.ordering, after, limit, except });
    if (page.length < limit && lookedBack === this.#lookedBack) this.#seenTo = last;
    if (this.#endpoint !== endpoint) return false;
    this.#more ||= page.length === limit;
    this.#queue.add(page);
    return page.length > 0;
  }

  async #deliver(endpoint: Endpoint, due: DueDelivery, free: FreeSlot): Promise<void> {
    let failed = true;
    try {
      const result = await this.#parts.deliver(endpoint, due);
      failed = result.verdict.kind !== "delivered";
      if (result.dueAt !== undefined) this.#parts.wakeAt(result.dueAt);
      await this.#parts.report(endpoint, due, result, this.#learn(result));
    } catch (error) {
      if (this.#closed) return;
      this.#parts.failed(error);
      this.#parts.pace.fail(this.#parts.now(), STORE_PAUSE_MS);
    } finally {
      const inHand = this.#queue.end(due, failed);
      const released = failed || due.holdsUntil !== null || (this.#leftOut && !inHand);
      if (released) this.#lookBack();
      free();
      if (!this.#closed) this.#work();
    }
  }

  /** Something that was passed over may have its turn now. */
  #lookBack(): void {
    this.#seenTo = 0;
    this.#lookedBack += 1;
    this.#more = true;
  }

  #learn({ verdict }: Delivered): number | undefined {
    const { pace, now } = this.#parts;
    if (verdict.kind === "delivered") return pace.succeed(now());
    if (verdict.kind === "retry") {
      pace.fail(now(), Math.min(verdict.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS));
    }
    return undefined;
  }

  /** A secret that signs only until the receivers have changed over has run out. */
  #outdated(): boolean {
    const until = this.#endpoint?.validUntil?.getTime();
    return until !== undefined && until <= this.#parts.now();
  }

  /** Sees to it that it is woken when a try is due or the endpoint may be called again. */
  async #plan(): Promise<void> {
    const { pace, now, wakeAt, nextDueAt } = this.#parts;
    if (pace.closedUntil > now()) wakeAt(pace.closedUntil);
    else if (!this.#planned && !this.#more) {
      this.#planned = true;
      const at = await nextDueAt();
      if (at !== undefined) wakeAt(at);
    }
  }
}
