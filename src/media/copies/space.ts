import type { BlobStore } from "../../blobs/blob-store.ts";
import { GatewayError } from "../../domain/errors.ts";
import { Queue } from "../../lib/queue.ts";
import type { Database } from "../../store/database.ts";
import type { Facts } from "../../lib/proven.ts";
import type { DueCopy, Reservation } from "./rows.ts";
import { letGo, reserve } from "./rows.ts";

/** Files that go in one transaction: some milliseconds between the writes of others. */
const BATCH = 100;

/** Of them at a time, since an S3 takes its time for each. */
const BESIDE = 10;

/** Batches in one go, so that other chores are not held up for long: 2,000 files a minute. */
const MOST_BATCHES = 20;

const DAY_MS = 24 * 60 * 60_000;

export interface SpaceParts {
  readonly database: Pick<Database, "read" | "writer">;
  readonly store: BlobStore;
  /** What all files may take together. */
  readonly maxBytes: number;
  /** If left out, files stay as long as their messages. */
  readonly days: number | undefined;
  /** In milliseconds. */
  readonly now: () => number;
}

/** What the copies take, and who goes when there is too little of it. A file counts from before it is made until after it was removed. */
export class Space {
  readonly #parts: SpaceParts;
  readonly #making = new Set<string>();
  readonly #turns = new Queue();
  #taken: number;

  private constructor(parts: SpaceParts, taken: number) {
    this.#parts = parts;
    this.#taken = taken;
  }

  static async open(parts: SpaceParts): Promise<Space> {
    const { _sum } = await parts.database.read.mediaFile.aggregate({ _sum: { size: true } });
    return new Space(parts, Number(_sum.size ?? 0));
  }

  /** In bytes. */
  get taken(): number {
    return this.#taken;
  }

  /**
   * Sets a name and room for a file aside; the oldest go for it.
   * @throws GatewayError UNAVAILABLE while there is no room, BlobError
   */
  reserve(due: DueCopy, facts: Facts, signal: AbortSignal): Promise<Reservation> {
    return this.#turns.run(async () => {
      const { database, now, maxBytes } = this.#parts;
      const reserved = await database.writer.write((tx) => reserve(tx, due, facts, now()));
      if (reserved.kind !== "name") return reserved;
      if (reserved.isNew) this.#taken += facts.size;
      this.#making.add(reserved.id);
      try {
        while (this.#taken > maxBytes) {
          if ((await this.#sweep(signal)) > 0) continue;
          if (!(await this.#dropOldest(this.#taken - maxBytes))) throw noRoom();
        }
      } catch (error) {
        this.#making.delete(reserved.id);
        throw error;
      }
      return reserved;
    });
  }

  /** Nobody writes under this name any more. */
  release(id: string): void {
    this.#making.delete(id);
  }

  /** Removes what is too old, and what nothing leads to any more. @throws BlobError */
  async tidy(signal: AbortSignal): Promise<void> {
    for (let batch = 0; batch < MOST_BATCHES && !signal.aborted; batch += 1) {
      const dropped = await this.#turns.run(() => this.#dropOutdated());
      const swept = await this.#turns.run(() => this.#sweep(signal));
      if (!dropped && swept === 0) return;
    }
  }

  /** @returns how many files are gone */
  async #sweep(signal: AbortSignal): Promise<number> {
    const { database, store } = this.#parts;
    const unused = await database.read.mediaFile.findMany({
      where: { unused: true, id: { notIn: [...this.#making] } },
      orderBy: { broughtAt: "asc" },
      take: BATCH,
    });
    for (let at = 0; at < unused.length; at += BESIDE) {
      const some = unused.slice(at, at + BESIDE);
      await Promise.all(
        some.map(({ id, instanceId }) => store.remove({ folder: instanceId, id }, signal)),
      );
    }
    const id = { in: unused.map((file) => file.id) };
    await database.writer.write((tx) => tx.db.mediaFile.deleteMany({ where: { id } }));
    for (const { size } of unused) this.#taken -= Number(size);
    return unused.length;
  }

  async #dropOldest(bytes: number): Promise<boolean> {
    const oldest = await this.#stored({});
    let freed = 0;
    const enough = oldest.findIndex(({ size }) => (freed += Number(size)) >= bytes);
    return this.#drop(enough === -1 ? oldest : oldest.slice(0, enough + 1));
  }

  async #dropOutdated(): Promise<boolean> {
    const { days, now } = this.#parts;
    if (days === undefined) return false;
    return this.#drop(await this.#stored({ broughtAt: { lt: new Date(now() - days * DAY_MS) } }));
  }

  #stored(which: { readonly broughtAt?: { readonly lt: Date } }) {
    return this.#parts.database.read.mediaFile.findMany({
      where: { unused: false, storedAt: { not: null }, ...which },
      orderBy: { broughtAt: "asc" },
      take: BATCH,
    });
  }

  async #drop(files: readonly { readonly id: string }[]): Promise<boolean> {
    const ids = files.map(({ id }) => id);
    if (ids.length === 0) return false;
    await this.#parts.database.writer.write((tx) => letGo(tx, ids));
    return true;
  }
}

function noRoom(): GatewayError {
  return new GatewayError("UNAVAILABLE", "There is no room for another copy at the moment.");
}
