import type { InstanceId } from "../domain/ids.ts";
import type { Delivered } from "./deliver.ts";
import type { DueDelivery, DuePage, DueQuery } from "./due.ts";
import type { Endpoint } from "./endpoint.ts";
import { isOutage } from "./health.ts";
import type { Verdict } from "./outcome.ts";
import type { Pace } from "./pace.ts";
import { LaneQueue } from "./queue.ts";
import { MAX_RETRY_AFTER_MS } from "./schedule.ts";
import type { FreeSlot } from "./slots.ts";

/** When the database cannot take a result, the endpoint is left alone for so long (milliseconds): it would get everything twice. */
export const STORE_PAUSE_MS = 5_000;

/**
 * So many deliveries are read at once, and so many for each that may run. Few enough to be nothing
 * in memory; enough that a busy lane, which others are looked for behind, is not passed over often.
 */
const READ_AHEAD = { least: 64, each: 4 };

export interface CourierParts {
  load(): Promise<Endpoint | undefined>;
  readDue(query: Omit<DueQuery, "webhookId" | "now">): Promise<DuePage>;
  /** Lets those go ahead that have waited long enough; the position from which on there is something new to read. */
  passLate(): Promise<number | undefined>;
  lastPosition(): Promise<number>;
  /** When something is due next, after this time. */
  nextDueAt(since: number): Promise<number | undefined>;
  deliver(endpoint: Endpoint, due: DueDelivery): Promise<Delivered>;
  /** What the result says about the endpoint, which was dead when the try began or was not. */
  report(endpoint: Endpoint, due: DueDelivery, verdict: Verdict, wasDead: boolean): Promise<void>;
  takeSlot(proven: boolean): FreeSlot | undefined;
  awaitSlot(offer: () => boolean, proven: boolean): void;
  withdraw(offer: () => boolean): void;
  wakeAt(at: number): void;
  failed(error: unknown): void;
  /** It has nothing to do and may be forgotten. */
  resting(): void;
  now(): number;
  /** For an endpoint of which nothing is known but, from before a restart, that it was dead. */
  newPace(dead: boolean): Pace;
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
  /** What was learned about the endpoint; undefined until something of it is known. */
  #pace: Pace | undefined;
  /** The database may hold more that is due. */
  #more = true;
  /** Something due was left out of the last page, because its lane was busy. */
  #leftOut = false;
  /** Up to this position all that is to be tried at once is in hand, or waits behind what is. */
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

  /** There may be something to deliver, wherever it stands in the log. */
  wake(): void {
    this.#planned = false;
    this.#lookBackTo(0);
    this.#work();
  }

  /** Something was due at this time. */
  ring(): void {
    this.#planned = false;
    this.#more = true;
    this.#work();
  }

  /** Events were logged for it; nothing else has changed. */
  arrived(): void {
    this.#more = true;
    this.#work();
  }

  /** The webhook was changed; `anew` if nothing that is known of its endpoint holds any more. */
  refresh(anew: boolean): void {
    this.#endpoint = undefined;
    if (anew) this.#pace = this.#parts.newPace(false);
    this.#queue.clear();
    this.wake();
  }

  /** Whether it may have events of this instance in hand. */
  serves(id: InstanceId): boolean {
    return this.#endpoint?.instanceId === null || this.#endpoint?.instanceId === id;
  }

  /** Until when its endpoint is left alone (milliseconds since 1970); undefined while it may be called. */
  get closedUntil(): number | undefined {
    const until = this.#pace?.closedUntil ?? 0;
    return until > this.#parts.now() ? until : undefined;
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
    const { load, now, newPace, resting } = this.#parts;
    if (this.#outdated()) this.#endpoint = undefined;
    const endpoint = (this.#endpoint ??= await load());
    if (endpoint?.enabled) {
      const since = now();
      const pace = (this.#pace ??= newPace(isOutage(endpoint.failingSince, now())));
      await this.#passLate(endpoint, pace);
      while (this.#startAll() && (await this.#readMore(endpoint, pace)));
      await this.#plan(pace, since);
    }
    if (this.#queue.idle && !(endpoint?.enabled && this.#pace?.dead)) resting();
  }

  /** Of a dead endpoint nobody is late: all of them wait for it, and not for each other. */
  async #passLate({ ordering }: Endpoint, pace: Pace): Promise<void> {
    if (ordering === "NONE" || pace.dead || pace.closedUntil > this.#parts.now()) return;
    const position = await this.#parts.passLate();
    if (position !== undefined) this.#lookBackTo(position);
  }

  /** Starts what is ready. Returns whether hands are left that find nothing to do. */
  #startAll(): boolean {
    while (this.#startNext());
    const endpoint = this.#endpoint;
    return endpoint !== undefined && this.#hasHand() && !this.#queue.ready(endpoint.ordering);
  }

  #hasHand(): boolean {
    const allowed = this.#pace?.allowed(this.#parts.now()) ?? 0;
    return !this.#closed && this.#queue.running < allowed;
  }

  /** Starts one delivery, if one is ready and a hand and a slot are free. */
  readonly #startNext = (): boolean => {
    const { takeSlot, awaitSlot } = this.#parts;
    const endpoint = this.#endpoint;
    const pace = this.#pace;
    if (!endpoint || !pace || !this.#hasHand()) return false;
    const due = this.#queue.ready(endpoint.ordering);
    if (!due) return false;
    const free = takeSlot(pace.proven);
    if (!free) {
      awaitSlot(this.#startNext, pace.proven);
      return false;
    }
    this.#queue.begin(due, endpoint.ordering);
    this.#track(this.#deliver(endpoint, pace, due, free));
    return true;
  };

  async #readMore(endpoint: Endpoint, pace: Pace): Promise<boolean> {
    if (!this.#more) return false;
    this.#more = false;
    const { now, readDue, lastPosition } = this.#parts;
    const except = this.#queue.inHand;
    // Noted before the read: what ends while it goes on must know that its lane was passed over.
    this.#leftOut = except.length > 0;
    const after = this.#seenTo;
    const lookedBack = this.#lookedBack;
    const limit = Math.max(READ_AHEAD.least, READ_AHEAD.each * pace.allowed(now()));
    const last = await lastPosition();
    const { ordering } = endpoint;
    const { deliveries, more } = await readDue({
      ordering,
      after,
      limit,
      early: pace.dead,
      except,
    });
    if (!more.fresh && lookedBack === this.#lookedBack) this.#seenTo = last;
    if (this.#endpoint !== endpoint) return false;
    this.#more ||= more.any;
    this.#queue.add(deliveries);
    return deliveries.length > 0;
  }

  async #deliver(endpoint: Endpoint, pace: Pace, due: DueDelivery, free: FreeSlot): Promise<void> {
    let failed = true;
    let holds = false;
    try {
      const { verdict, dueAt, tookMs, ...rest } = await this.#parts.deliver(endpoint, due);
      failed = verdict.kind !== "delivered";
      ({ holds } = rest);
      if (dueAt !== undefined) this.#parts.wakeAt(dueAt);
      const wasDead = pace.dead;
      this.#learnFailure(pace, verdict);
      // What was sent to an address that was changed meanwhile says nothing about the new one.
      if (pace === this.#pace) await this.#parts.report(endpoint, due, verdict, wasDead);
      // After the report: until what waits is called back, it is not passed by those behind it.
      if (!failed) pace.succeed(tookMs);
    } catch (error) {
      if (this.#closed) return;
      this.#parts.failed(error);
      pace.fail(this.#parts.now(), STORE_PAUSE_MS);
    } finally {
      const inHand = this.#queue.end(due, failed);
      const releases = failed || due.holdsUntil !== null || (this.#leftOut && !inHand);
      if (releases && !holds) this.#lookBackTo(due.replayed ? 0 : due.position - 1);
      // The next probe may be made with this one, and its time may have come already.
      if (pace.dead) this.#more = true;
      free();
      if (!this.#closed) this.#work();
    }
  }

  /** Something that was passed over, after this position, may have its turn now. */
  #lookBackTo(position: number): void {
    this.#seenTo = Math.min(this.#seenTo, position);
    this.#lookedBack += 1;
    this.#more = true;
  }

  #learnFailure(pace: Pace, verdict: Verdict): void {
    const now = this.#parts.now();
    if (verdict.kind === "retry") {
      pace.fail(now, Math.min(verdict.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS));
    }
    // The others stay where they are while the webhook is being disabled.
    if (verdict.kind === "gone") pace.fail(now, STORE_PAUSE_MS);
  }

  /** A secret that signs only until the receivers have changed over has run out. */
  #outdated(): boolean {
    const until = this.#endpoint?.validUntil?.getTime();
    return until !== undefined && until <= this.#parts.now();
  }

  /**
   * Sees to it that it is woken when a try is due or the endpoint may be called again.
   * @param since before this round looked at anything: what came due after that may have been passed over.
   */
  async #plan(pace: Pace, since: number): Promise<void> {
    const { wakeAt, nextDueAt } = this.#parts;
    if (pace.closedUntil > since) wakeAt(pace.closedUntil);
    else if (!this.#planned && !this.#more) {
      this.#planned = true;
      const at = await nextDueAt(since);
      if (at !== undefined) wakeAt(at);
    }
  }
}
