import { setImmediate } from "node:timers/promises";
import type { InstanceId } from "../domain/ids.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Reader } from "../store/database.ts";
import type { EventLog } from "./event-log.ts";

/** What is looked back on: what fits into a spark line, and what somebody who looks now remembers. */
export const MINUTES = 60;

const MINUTE_MS = 60_000;

/** One statement counts this many positions at most: some 3 ms. */
const WINDOW = 5_000;

/** How many messages went through, for each of the last 60 minutes, the oldest first; the last has not ended. */
export interface Throughput {
  /** When the first of the minutes began. */
  readonly from: Date;
  readonly received: readonly number[];
  readonly sent: readonly number[];
}

interface Row {
  readonly instanceId: InstanceId;
  readonly type: "message.received" | "message.sent";
  readonly minute: bigint | number;
  readonly count: bigint | number;
}

interface Counts {
  received: number;
  sent: number;
}

/**
 * Counts messages by the minute from the log, each event once: whoever asks pays for what is new since
 * somebody last asked, and nobody pays while nobody asks. Holds two numbers for each minute in which an
 * account had messages, of the last hour.
 */
export class ThroughputMeter {
  readonly #read: Reader;
  readonly #log: Pick<EventLog, "extent">;
  readonly #now: () => number;
  readonly #minutes = new Map<number, Map<InstanceId, Counts>>();
  #counted = 0;
  #counting: Promise<void> | undefined;

  /** @param now in milliseconds since the epoch */
  constructor(read: Reader, log: Pick<EventLog, "extent">, now: () => number = steadyNow) {
    this.#read = read;
    this.#log = log;
    this.#now = now;
  }

  /** @param instanceId without it: of all accounts together */
  async of(instanceId?: InstanceId): Promise<Throughput> {
    this.#counting ??= this.#count().finally(() => {
      this.#counting = undefined;
    });
    await this.#counting;
    const first = Math.floor(this.#now() / MINUTE_MS) - MINUTES + 1;
    const minutes = Array.from({ length: MINUTES }, (_, at) => {
      const counts = this.#minutes.get(first + at);
      if (instanceId !== undefined) return counts?.get(instanceId);
      return counts && sum(counts);
    });
    return {
      from: new Date(first * MINUTE_MS),
      received: minutes.map((counts) => counts?.received ?? 0),
      sent: minutes.map((counts) => counts?.sent ?? 0),
    };
  }

  async #count(): Promise<void> {
    const first = Math.floor(this.#now() / MINUTE_MS) - MINUTES + 1;
    for (const minute of this.#minutes.keys()) {
      if (minute < first) this.#minutes.delete(minute);
    }
    const { head, oldest } = this.#log.extent;
    let after = Math.max(this.#counted, oldest - 1);
    if (head - after > WINDOW) after = Math.max(after, (await this.#firstOf(first)) - 1);
    while (after < head) {
      const to = Math.min(head, after + WINDOW);
      const rows = await this.#read.$queryRaw<Row[]>`
        SELECT "instanceId", type, "loggedAt" / 60000 AS minute, count(*) AS count FROM "Event"
        WHERE position > ${after} AND position <= ${to}
          AND type IN ('message.received', 'message.sent') AND "loggedAt" >= ${first * MINUTE_MS}
        GROUP BY "instanceId", type, minute`;
      for (const row of rows) this.#add(row);
      this.#counted = after = to;
      if (after < head) await setImmediate();
    }
  }

  /** The first position of this minute and later; one beyond the head where there is none. */
  async #firstOf(minute: number): Promise<number> {
    const [row] = await this.#read.$queryRaw<{ position: bigint | number }[]>`
      SELECT position FROM "Event" WHERE "loggedAt" >= ${minute * MINUTE_MS} ORDER BY "loggedAt" LIMIT 1`;
    return Number(row?.position ?? this.#log.extent.head + 1);
  }

  #add({ instanceId, type, minute, count }: Row): void {
    const counts = this.#minutes.get(Number(minute)) ?? new Map<InstanceId, Counts>();
    this.#minutes.set(Number(minute), counts);
    const sums = counts.get(instanceId) ?? { received: 0, sent: 0 };
    counts.set(instanceId, sums);
    sums[type === "message.received" ? "received" : "sent"] += Number(count);
  }
}

function sum(counts: ReadonlyMap<InstanceId, Counts>): Counts {
  const total: Counts = { received: 0, sent: 0 };
  for (const { received, sent } of counts.values()) {
    total.received += received;
    total.sent += sent;
  }
  return total;
}
