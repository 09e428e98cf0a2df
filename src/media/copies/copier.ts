import { BlobError } from "../../blobs/blob-store.ts";
import { asError, GatewayError } from "../../domain/errors.ts";
import type { Log } from "../../lib/log.ts";
import { Watchers } from "../../lib/watch.ts";
import type { Database } from "../../store/database.ts";
import type { DueCopy } from "./rows.ts";
import { nextDueAt, readDue, setBack } from "./rows.ts";
import { setbackOf } from "./setback.ts";

/** Copies made at a time. Of the 64 downloads that may run at once most belong to those who wait for an answer. */
const MOST = 8;

/** Of one account, so that one whose proxy is slow does not hold up all others. */
const MOST_OF_ONE = 2;

/** What is read at a time: some are of the same file, and wait for each other. */
const PAGE = 64;

/** How long nothing is tried once the store has failed (milliseconds); then twice as long each time. */
const FIRST_PAUSE_MS = 2_000;

/** A disk with space again, or an S3 that is back, is found this soon. */
const LONGEST_PAUSE_MS = 60_000;

/** No timer is longer, so that a machine that slept looks again. */
const LONGEST_SLEEP_MS = 60_000;

export interface CopierParts {
  readonly database: Pick<Database, "read" | "writer">;
  /** @throws what `setbackOf` judges */
  readonly make: (due: DueCopy, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
  /** In milliseconds. */
  readonly now: () => number;
}

/** Makes the copies that are due, and sleeps until there are more. What it has begun when the process dies is begun again. */
export class Copier implements AsyncDisposable {
  readonly #parts: CopierParts;
  readonly #over = new AbortController();
  readonly #bell = new Watchers();
  readonly #underWay = new Map<string, DueCopy>();
  readonly #running = new Set<Promise<void>>();
  #working: Promise<void> | undefined;
  #failures = 0;
  #pausedUntil = 0;

  constructor(parts: CopierParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#working ??= this.#work();
  }

  /** There may be something to do. */
  readonly wake = (): void => this.#bell.wake([BELL]);

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort(new Error("the gateway is stopping"));
    await this.#working;
    await Promise.all(this.#running);
  }

  async #work(): Promise<void> {
    const { signal } = this.#over;
    using watch = this.#bell.watch(BELL);
    while (!signal.aborted) {
      const { turn } = watch;
      const sleepMs = await this.#begin().catch((error: unknown) => this.#pause(asError(error)));
      const alarm = setTimeout(this.wake, Math.min(sleepMs, LONGEST_SLEEP_MS));
      await watch.changedSince(turn, signal);
      clearTimeout(alarm);
    }
  }

  /** Begins as many as there are places for. @returns for how long it may sleep, in milliseconds */
  async #begin(): Promise<number> {
    const { now, database } = this.#parts;
    const time = now();
    if (time < this.#pausedUntil) return this.#pausedUntil - time;
    // One is enough to find out whether the store is back.
    const places = this.#failures > 0 ? 1 : MOST;
    if (this.#underWay.size >= places) return LONGEST_SLEEP_MS;
    const query = { now: time, except: this.#busyAccounts(), limit: PAGE };
    for (const due of await readDue(database.read, query)) {
      if (this.#underWay.size >= places) break;
      if (this.#mayBegin(due)) this.#run(due);
    }
    const next = await nextDueAt(database.read, time);
    return next === undefined ? LONGEST_SLEEP_MS : next - time;
  }

  #busyAccounts(): readonly string[] {
    const ids = Array.from(this.#underWay.values(), ({ instanceId }) => instanceId);
    return ids.filter((id) => ids.filter((other) => other === id).length >= MOST_OF_ONE);
  }

  /** The same file is fetched once: who comes second finds it there. */
  #mayBegin({ uid, instanceId, media }: DueCopy): boolean {
    if (this.#underWay.has(uid) || this.#over.signal.aborted) return false;
    const beside = [...this.#underWay.values()].filter((each) => each.instanceId === instanceId);
    if (beside.length >= MOST_OF_ONE) return false;
    return beside.every((each) => each.media.sha256 !== media.sha256);
  }

  #run(due: DueCopy): void {
    this.#underWay.set(due.uid, due);
    const running = this.#copy(due).finally(() => {
      this.#underWay.delete(due.uid);
      this.#running.delete(running);
      this.wake();
    });
    this.#running.add(running);
  }

  async #copy(due: DueCopy): Promise<void> {
    const { make, database, now, log } = this.#parts;
    const { signal } = this.#over;
    try {
      await make(due, signal);
      if (this.#failures > 0) log.info("attachments are stored again");
      this.#failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      const setback = setbackOf(error, due.attempts, now());
      if (!(error instanceof GatewayError || error instanceof BlobError)) {
        log.error("an attachment cannot be stored", { messageUid: due.uid, err: error });
      }
      const pauseMs = setback ? 0 : this.#pause(asError(error));
      // Behind the others, as it may be the only one that the store refuses.
      const waiting = { dueAt: now() + pauseMs, attempts: due.attempts, error: null };
      await database.writer
        .write((tx) => setBack(tx, due.uid, setback ?? waiting))
        .catch((failure: unknown) => this.#pause(asError(failure)));
    }
  }

  /** It is not this copy that failed but what keeps all of them. @returns for how long, in milliseconds */
  #pause(err: Error): number {
    const { now, log } = this.#parts;
    const time = now();
    // All that were under way say the same.
    if (time < this.#pausedUntil) return this.#pausedUntil - time;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
    if (this.#failures === 0) log.warn("attachments cannot be stored and wait", { err });
    this.#failures += 1;
    this.#pausedUntil = time + pauseMs;
    return pauseMs;
  }
}

/** There is one thing to be told of. */
const BELL = "copies";
