import { GatewayError, asError } from "../domain/errors.ts";
import type { Prisma, PrismaClient } from "./generated/sqlite/client.ts";
import { WriteHealth } from "./health.ts";

/** What a job may use: the open transaction, and a place for what must happen only once it is durable. */
export interface Tx {
  readonly db: Prisma.TransactionClient;
  /** Runs after the commit, in order; it must not throw. */
  afterCommit(run: () => void): void;
}

export type Job<T> = (tx: Tx) => Promise<T>;

/** Many equal writes as one statement: gets what arrived together, answers in the same order. */
export type BatchJob<In, Out> = (tx: Tx, items: readonly In[]) => Promise<readonly Out[]>;

export interface Writer {
  /**
   * Runs the job inside the next group's transaction and resolves once that is durable. The job may
   * run twice (its group failed for another job's sake), so it must change nothing but the database.
   * @throws what the job throws; GatewayError STORE_FAILED when the database cannot be written.
   */
  write<T>(job: Job<T>): Promise<T>;
  /** A door of its own for one hot kind of write: all items of a group reach `run` in one call. */
  batch<In, Out>(run: BatchJob<In, Out>): (item: In) => Promise<Out>;
}

/** One transaction holds the database for this many writes at most, so that a flood cannot starve the first of them. */
const GROUP_LIMIT = 500;

/** Far above what a group takes (milliseconds); reached only by a disk that hangs. */
const TRANSACTION_TIMEOUT_MS = 60_000;

interface Waiting<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}

interface Unit {
  /** It has left the queue, whatever comes of its group: nobody may join it any more. */
  seal(): void;
  /** Runs inside the transaction; the returned function settles its callers after the commit. */
  run(tx: Tx): Promise<() => void>;
  /** The same work cut into pieces that can fail alone. */
  split(): readonly Unit[];
  fail(error: Error): void;
}

/**
 * The one writer (group commit): what arrives within a tick of the event loop is one transaction
 * and one fsync. A group that fails is rolled back and its jobs are run one by one, so that a job
 * fails alone. Nothing else may write: the adapter underneath loses writes made beside an open
 * transaction.
 */
export class GroupWriter implements Writer, AsyncDisposable {
  readonly #client: PrismaClient;
  readonly health = new WriteHealth(async () => {
    await this.write(takeSpace);
    await this.write(giveSpaceBack);
  });
  #queue: Unit[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  write<T>(job: Job<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#enqueue(jobUnit(job, { resolve, reject }));
    });
  }

  batch<In, Out>(run: BatchJob<In, Out>): (item: In) => Promise<Out> {
    let open: BatchUnit<In, Out> | undefined;
    return (item) =>
      new Promise((resolve, reject) => {
        if (open === undefined || open.sealed || open.size >= GROUP_LIMIT) {
          open = new BatchUnit(run);
          this.#enqueue(open);
        }
        open.add(item, { resolve, reject });
      });
  }

  /** Writes what is queued, then refuses. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    while (this.#running) await this.#running;
    this.health[Symbol.dispose]();
  }

  #enqueue(unit: Unit): void {
    if (this.#closed) {
      queueMicrotask(() => unit.fail(new GatewayError("UNAVAILABLE", "The gateway is stopping.")));
      return;
    }
    this.#queue.push(unit);
    this.#running ??= this.#drain();
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const group = this.#queue.splice(0, GROUP_LIMIT);
      for (const unit of group) unit.seal();
      if (await this.#commit(group)) continue;
      for (const unit of group.flatMap((each) => each.split())) await this.#commitAlone(unit);
    }
    this.#running = undefined;
  }

  async #commit(group: readonly Unit[]): Promise<boolean> {
    try {
      await this.#transaction(group);
      return true;
    } catch (error) {
      if (group.length > 1 || (group[0]?.split().length ?? 0) > 1) return false;
      group[0]?.fail(storeError(error));
      return true;
    }
  }

  async #commitAlone(unit: Unit): Promise<void> {
    try {
      await this.#transaction([unit]);
    } catch (error) {
      unit.fail(storeError(error));
    }
  }

  async #transaction(group: readonly Unit[]): Promise<void> {
    const after: (() => void)[] = [];
    const settle: (() => void)[] = [];
    try {
      await this.#client.$transaction(
        async (db) => {
          const tx: Tx = { db, afterCommit: (run) => after.push(run) };
          for (const unit of group) settle.push(await unit.run(tx));
        },
        { timeout: TRANSACTION_TIMEOUT_MS, maxWait: TRANSACTION_TIMEOUT_MS },
      );
    } catch (error) {
      this.health.failed(error);
      throw error;
    }
    for (const run of after) run();
    for (const run of settle) run();
  }
}

/** Bytes. A small row often finds a place on a disk that has none for a message and its ratchet. */
const PROBE_SIZE = 256 * 1024;

const probe = { name: "write probe", value: new Uint8Array(PROBE_SIZE) };

const takeSpace: Job<unknown> = ({ db }) =>
  db.meta.upsert({ where: { name: probe.name }, create: probe, update: probe });

/** In a transaction of its own: what one transaction writes and removes never reaches the disk. */
const giveSpaceBack: Job<unknown> = ({ db }) => db.meta.deleteMany({ where: { name: probe.name } });

function jobUnit<T>(job: Job<T>, waiting: Waiting<T>): Unit {
  const unit: Unit = {
    seal: () => undefined,
    async run(tx) {
      const value = await job(tx);
      return () => waiting.resolve(value);
    },
    split: () => [unit],
    fail: (error) => waiting.reject(error),
  };
  return unit;
}

class BatchUnit<In, Out> implements Unit {
  readonly #job: BatchJob<In, Out>;
  readonly #items: In[] = [];
  readonly #waiting: Waiting<Out>[] = [];
  sealed = false;

  constructor(job: BatchJob<In, Out>) {
    this.#job = job;
  }

  seal(): void {
    this.sealed = true;
  }

  get size(): number {
    return this.#items.length;
  }

  add(item: In, waiting: Waiting<Out>): void {
    this.#items.push(item);
    this.#waiting.push(waiting);
  }

  async run(tx: Tx): Promise<() => void> {
    const results = await this.#job(tx, this.#items);
    if (results.length !== this.#items.length) throw new Error("a batch job must answer each item");
    return () => {
      for (const [at, each] of this.#waiting.entries()) each.resolve(results[at] as Out);
    };
  }

  split(): readonly Unit[] {
    return this.#items.map((item, at) => {
      const alone = new BatchUnit(this.#job);
      const waiting = this.#waiting[at];
      if (waiting) alone.add(item, waiting);
      return alone;
    });
  }

  fail(error: Error): void {
    for (const each of this.#waiting) each.reject(error);
  }
}

/** A refusal of ours passes as it is; whatever the database says becomes STORE_FAILED with its cause. */
function storeError(thrown: unknown): Error {
  if (thrown instanceof GatewayError) return thrown;
  const cause = asError(thrown);
  return new GatewayError(
    "STORE_FAILED",
    /full/i.test(cause.message)
      ? "The disk is full: nothing was stored. Free some space and try again."
      : "The database could not be written: nothing was stored.",
    {},
    cause,
  );
}
