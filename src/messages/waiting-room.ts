import type { InstanceId, MessageId } from "../domain/ids.ts";
import type { Log } from "../lib/log.ts";
import type { Database } from "../store/database.ts";
import { tooOld, UNCONFIRMED } from "./expiry.ts";
import type { RecordOutcome } from "./outcomes.ts";

export interface WaitingRoomNeeds {
  readonly database: Database;
  readonly record: RecordOutcome;
  readonly wakeSender: (id: InstanceId) => void;
  readonly discardFile: (uid: string) => Promise<void>;
  readonly epochOf: (id: InstanceId) => number | undefined;
  readonly log: Log;
}

/** How often it looks at least (milliseconds): the machine's clock may have been set. */
const LOOK_EVERY_MS = 15_000;

/** Messages that expire in one go at most. */
const PAGE = 500;

/** Messages that wait for their time: the scheduled ones become due, and what waited too long expires. */
export class WaitingRoom implements AsyncDisposable {
  readonly #needs: WaitingRoomNeeds;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #lookAt = Number.POSITIVE_INFINITY;
  #stopped = false;

  constructor(needs: WaitingRoomNeeds) {
    this.#needs = needs;
  }

  start(): void {
    this.#lookIn(0);
  }

  /** A message was scheduled for this time. */
  expect(at: Date): void {
    if (at.getTime() < this.#lookAt) this.#lookIn(at.getTime() - Date.now());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  #lookIn(ms: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    const delay = Math.min(Math.max(ms, 0), LOOK_EVERY_MS);
    this.#lookAt = Date.now() + delay;
    this.#timer = setTimeout(() => {
      this.#lookAt = Number.POSITIVE_INFINITY;
      // Behind a look that still runs: two at once would be waited for as one.
      this.#looking = this.#looking.then(() => this.#look());
    }, delay);
  }

  async #look(): Promise<void> {
    let next = LOOK_EVERY_MS;
    try {
      // What came back after a long stop may be thousands.
      while ((await this.#expire()) === PAGE && !this.#stopped);
      next = await this.#wakeDue();
    } catch (err) {
      this.#needs.log.error("waiting messages could not be read", { err });
    }
    // Something may have been scheduled meanwhile.
    this.#lookIn(Math.min(next, this.#lookAt - Date.now()));
  }

  /** @returns how many there were to look at */
  async #expire(): Promise<number> {
    const { database, record, epochOf, discardFile } = this.#needs;
    const rows = await database.read.message.findMany({
      where: tooOld(),
      select: { uid: true, id: true, instanceId: true, status: true },
      take: PAGE,
    });
    await Promise.all(
      rows.map(async ({ uid, ...row }) => {
        const instanceId = row.instanceId as InstanceId;
        const epoch = epochOf(instanceId);
        if (epoch === undefined) return;
        const ids = [row.id as MessageId];
        // Once a byte may have left, only the server can say that a message will not arrive.
        const end =
          row.status === "QUEUED"
            ? ({ status: "EXPIRED", error: null } as const)
            : ({ status: "FAILED", error: UNCONFIRMED } as const);
        const none = { chat: null, participant: null };
        await record({ instanceId, epoch, ids, at: new Date(), ...end, ...none });
        await discardFile(uid);
      }),
    );
    return rows.length;
  }

  /** @returns how long until the next scheduled message, in milliseconds */
  async #wakeDue(): Promise<number> {
    const { database, wakeSender } = this.#needs;
    const now = new Date();
    const due = await database.read.message.findMany({
      where: { status: "QUEUED", scheduledAt: { lte: now } },
      select: { instanceId: true },
      distinct: ["instanceId"],
    });
    for (const { instanceId } of due) wakeSender(instanceId as InstanceId);
    const next = await database.read.message.findFirst({
      where: { status: "QUEUED", scheduledAt: { gt: now } },
      orderBy: { scheduledAt: "asc" },
      select: { scheduledAt: true },
    });
    return next?.scheduledAt ? next.scheduledAt.getTime() - Date.now() : LOOK_EVERY_MS;
  }
}
