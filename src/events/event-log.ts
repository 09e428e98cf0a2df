import { randomBytes } from "node:crypto";
import type { LoggedEvent } from "../domain/event.ts";
import type { Database } from "../store/database.ts";
import type { Tx, Writer } from "../store/writer.ts";
import type { Entry, Outcome, Projection } from "./append.ts";
import { appendEntries } from "./append.ts";
import type { LogExtent } from "./cursor.ts";
import type { EventCodec } from "./codec.ts";
import { eventCodec } from "./codec.ts";
import { decodeCursor, encodeCursor, positionAfter } from "./cursor.ts";
import type { CheckedFilter } from "./filter.ts";
import type { StreamItem } from "./follow.ts";
import { follow } from "./follow.ts";
import type { EventPage } from "./read.ts";
import { readPage, readPageBefore } from "./read.ts";
import { RecentEvents } from "./recent.ts";
import { Turnstile } from "../lib/turnstile.ts";
import { Wakeups } from "../lib/wakeups.ts";

/**
 * Events that all followers together tell in one turn of the event loop. Each costs some 70 µs, so that
 * whoever else is in a hurry waits some milliseconds, however many followers have a long way to go.
 */
const TOLD_PER_TURN = 50;

/**
 * How far a follower of rare events reads before it looks whether anybody still listens: 20,000 positions,
 * some milliseconds.
 */
const FOLLOWED_WINDOWS = 4;

/**
 * The one append-only log. Everything that happens passes it, and every reader (subscriptions, SSE,
 * REST, webhooks) pulls from it by cursor; an append only wakes them.
 */
export class EventLog {
  readonly #database: Database;
  readonly #projections: readonly Projection[];
  readonly #codec: EventCodec;
  readonly #wakeups = new Wakeups();
  readonly #recent = new RecentEvents();
  /** All followers share the event loop, with each other and with the rest of the gateway. */
  readonly #turns = new Turnstile(TOLD_PER_TURN);
  /** Appends an entry with whatever else arrives in this tick. */
  readonly append: (entry: Entry) => Promise<Outcome>;
  #extent: LogExtent;

  private constructor(database: Database, extent: LogExtent, projections: readonly Projection[]) {
    this.#database = database;
    this.#projections = projections;
    this.#codec = eventCodec(database.vault);
    this.#extent = extent;
    this.append = database.writer.batch((tx, entries: readonly Entry[]) =>
      this.appendWithin(tx, entries),
    );
  }

  static async open(database: Database, projections: readonly Projection[]): Promise<EventLog> {
    const extent = await openHead(database.writer);
    return new EventLog(database, extent, projections);
  }

  get extent(): LogExtent {
    return this.#extent;
  }

  /** How many readers wait for the next event. */
  get waiting(): number {
    return this.#wakeups.waiting;
  }

  /** Appends inside a transaction that also writes something else. */
  async appendWithin(tx: Tx, entries: readonly Entry[]): Promise<readonly Outcome[]> {
    const { outcomes, consequences } = await appendEntries(
      tx,
      entries,
      this.#projections,
      this.#codec,
    );
    const logged = [...outcomes, ...consequences].flatMap((outcome) =>
      outcome.kind === "logged" ? [outcome.logged] : [],
    );
    if (logged.length > 0) tx.afterCommit(() => this.#grow(logged));
    return outcomes;
  }

  /** Everything before this position is being removed: cursors that point there have expired. */
  trim(oldest: number): void {
    if (oldest > this.#extent.oldest) this.#extent = { ...this.#extent, oldest };
  }

  /** Events in between are being removed, as those of a deleted instance are. */
  forgetRecent(): void {
    this.#recent.clear();
  }

  /** The position of a cursor a caller gave: `earliest` is the oldest kept, nothing is now. */
  positionOf(after: string | null | undefined): number {
    if (after === null || after === undefined) return this.#extent.head;
    if (after === "earliest") return this.#extent.oldest - 1;
    return positionAfter(decodeCursor(after), this.#extent);
  }

  cursorAt(position: number): string {
    return encodeCursor({ logId: this.#extent.logId, position });
  }

  /**
   * Up to `limit` matching events after a position, oldest first, and how far was read.
   * @throws GatewayError CURSOR_EXPIRED when retention has removed events in between, even while it read
   */
  async read(
    after: number,
    limit: number,
    filter: CheckedFilter,
    windows?: number,
  ): Promise<EventPage> {
    this.#refuseGap(after);
    const { head } = this.#extent;
    const recent = this.#recent.read(after, limit, filter, head);
    if (recent) return recent;
    const page = await readPage(
      this.#database.read,
      { after, limit, filter, head, windows },
      this.#codec,
    );
    this.#refuseGap(after);
    return page;
  }

  /** Up to `limit` matching events before a position, still oldest first. */
  readBefore(before: number, limit: number, filter: CheckedFilter): Promise<EventPage> {
    const { oldest } = this.#extent;
    return readPageBefore(this.#database.read, { before, limit, filter, oldest }, this.#codec);
  }

  /** Everything after a position, then everything still to come, until the reader leaves. */
  follow(
    after: number,
    filter: CheckedFilter,
    leave?: AbortSignal,
  ): AsyncGenerator<StreamItem, void, undefined> {
    return follow(
      {
        read: (position, limit) => this.read(position, limit, filter, FOLLOWED_WINDOWS),
        head: () => this.#extent.head,
        sleep: (timeoutMs, signal) => this.#wakeups.sleep(timeoutMs, signal),
        pass: (events) => this.#turns.pass(events),
        cursorAt: (position) => this.cursorAt(position),
      },
      after,
      leave,
    );
  }

  /** A follower that retention has overtaken is told so; it would skip events otherwise. */
  #refuseGap(position: number): void {
    positionAfter({ logId: this.#extent.logId, position }, this.#extent);
  }

  #grow(logged: readonly LoggedEvent[]): void {
    this.#recent.add(logged);
    const head = logged.at(-1)?.position ?? 0;
    if (head <= this.#extent.head) return;
    this.#extent = { ...this.#extent, head };
    this.#wakeups.wake();
  }
}

async function openHead(writer: Writer): Promise<LogExtent> {
  const logId = randomBytes(6).toString("hex");
  const row = await writer.write((tx) =>
    tx.db.logHead.upsert({
      where: { id: 1 },
      create: { id: 1, logId, head: 0n, oldest: 1n },
      update: {},
    }),
  );
  return { logId: row.logId, head: Number(row.head), oldest: Number(row.oldest) };
}
