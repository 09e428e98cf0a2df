import { setImmediate as turn } from "node:timers/promises";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { LoggedEvent } from "../domain/event.ts";
import { Wakeups } from "../lib/wakeups.ts";
import { follow } from "./follow.ts";
import type { EventPage } from "./read.ts";

/** A log in memory, in which every step takes as long as the schedule says. */
class Model {
  readonly wakeups = new Wakeups();
  readonly #schedule: fc.Scheduler;
  #head = 0;
  reads = 0;

  constructor(schedule: fc.Scheduler) {
    this.#schedule = schedule;
  }

  /** Commits, and lets everybody know later. */
  async append(count: number): Promise<void> {
    await this.#schedule.schedule(Promise.resolve(), "commit");
    this.#head += count;
    this.wakeups.wake();
  }

  get head(): number {
    return this.#head;
  }

  async read(after: number, limit: number): Promise<EventPage> {
    this.reads += 1;
    const to = Math.min(this.#head, after + limit);
    await this.#schedule.schedule(Promise.resolve(), "read");
    const positions = Array.from({ length: to - after }, (_, at) => after + at + 1);
    return { events: positions.map((position) => ({ position }) as LoggedEvent), readTo: to };
  }

  follow(after: number) {
    return follow(
      {
        read: (position, limit) => this.read(position, limit),
        head: () => this.#head,
        sleep: (timeoutMs, signal) => this.wakeups.sleep(timeoutMs, signal),
        pass: () => this.#schedule.schedule(Promise.resolve(), "pass"),
        cursorAt: String,
      },
      after,
    );
  }
}

/** A program that follows, and can be cut off. */
class Program {
  readonly seen: number[] = [];
  #stream: ReturnType<Model["follow"]> | undefined;
  #done: Promise<void> = Promise.resolve();

  connect(model: Model): void {
    const stream = model.follow(this.seen.at(-1) ?? 0);
    this.#stream = stream;
    this.#done = (async () => {
      for await (const item of stream) {
        if (item.kind === "event") this.seen.push(item.logged.position);
      }
    })();
  }

  leave(): Promise<void> {
    void this.#stream?.return();
    return this.#done;
  }
}

const act = fc.oneof(
  fc.record({ kind: fc.constant("append"), count: fc.constantFrom(1, 2, 60, 180) }),
  fc.record({ kind: fc.constant("connect"), count: fc.constant(0) }),
  fc.record({ kind: fc.constant("reconnect"), count: fc.nat(3) }),
  fc.record({ kind: fc.constant("turn"), count: fc.constant(1) }),
);

async function settle(schedule: fc.Scheduler): Promise<void> {
  for (let quiet = 0; quiet < 3;) {
    if (schedule.count() > 0) {
      await schedule.waitOne();
      quiet = 0;
    } else quiet += 1;
    await turn();
  }
}

test("in whatever order commits, reads, wake-ups and departures fall: every event once, in order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(act, { minLength: 3, maxLength: 20 }),
      async (schedule, acts) => {
        const model = new Model(schedule);
        const programs = [new Program()];
        programs[0]?.connect(model);
        const appends: Promise<void>[] = [];
        for (const { kind, count } of acts) {
          if (kind === "append") appends.push(model.append(count));
          if (kind === "turn") await turn();
          if (kind === "connect") {
            const program = new Program();
            program.connect(model);
            programs.push(program);
          }
          const program = kind === "reconnect" ? programs[count % programs.length] : undefined;
          if (program !== undefined) {
            const left = program.leave();
            await settle(schedule);
            await left;
            program.connect(model);
          }
          if (schedule.count() > 0 && count % 2 === 0) await schedule.waitOne();
        }
        await settle(schedule);
        await Promise.all(appends);
        await settle(schedule);
        const all = Array.from({ length: model.head }, (_, at) => at + 1);
        for (const { seen } of programs) expect(seen).toEqual(all);

        // Whoever has left reads no more, and frees its place; at most the page it had asked for comes in.
        const { reads } = model;
        const left = programs.map((program) => program.leave());
        appends.push(model.append(300));
        await settle(schedule);
        await Promise.all([...left, ...appends]);
        expect(model.wakeups.waiting).toBe(0);
        expect(model.reads - reads).toBeLessThanOrEqual(programs.length);
      },
    ),
    { numRuns: 1_000 },
  );
}, 60_000);
