import { monitorEventLoopDelay } from "node:perf_hooks";
import { steadyNow } from "../lib/steady-clock.ts";

/** Between two samples, in milliseconds: an hour of them is what a plot has room for. */
const EVERY_MS = 15_000;

/** An hour, some 100 bytes each. */
const KEPT = 240;

/** How often the event loop's delay is looked at (milliseconds): a turn a second of 50 costs nothing. */
const RESOLUTION_MS = 20;

/** How a process felt in the time up to a moment. */
export interface VitalSigns {
  readonly at: Date;
  /** Resident memory in bytes. */
  readonly memory: number;
  /** Of it what JavaScript uses, in bytes. */
  readonly heap: number;
  /** Share of one processor: 1.5 is one and a half. */
  readonly processor: number;
  /** What a timer was late at most, of 100 of them the latest left out, in milliseconds. */
  readonly eventLoopDelay: number;
}

/** Takes a sample of this process now and then, for whoever looks later. */
export class VitalSignsMonitor implements Disposable {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  readonly #timer: NodeJS.Timeout;
  #samples: VitalSigns[] = [];
  #usage = process.cpuUsage();
  #since = steadyNow();

  constructor(everyMs = EVERY_MS) {
    this.#delay.enable();
    this.#timer = setInterval(() => this.#sample(), everyMs).unref();
  }

  /** Of the last hour, the oldest first, the last of them as of now. */
  read(): readonly VitalSigns[] {
    return [...this.#samples, this.#now()];
  }

  #sample(): void {
    this.#samples = [...this.#samples.slice(1 - KEPT), this.#now()];
    this.#delay.reset();
    this.#usage = process.cpuUsage();
    this.#since = steadyNow();
  }

  #now(): VitalSigns {
    const now = steadyNow();
    const { user, system } = process.cpuUsage(this.#usage);
    const { rss, heapUsed } = process.memoryUsage();
    // A sample of the histogram is a whole interval: what it is longer than asked for is the delay.
    const late = this.#delay.percentile(99) / 1e6 - RESOLUTION_MS;
    return {
      at: new Date(now),
      memory: rss,
      heap: heapUsed,
      processor: (user + system) / 1_000 / Math.max(1, now - this.#since),
      eventLoopDelay: Math.max(0, late),
    };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#delay.disable();
  }
}
