import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "./log.ts";

/** A chore: removes what is not needed any more, in pieces, and looks at the signal between two. */
export interface Chore {
  readonly name: string;
  run(signal: AbortSignal): Promise<void>;
}

/** How often chores are done, in milliseconds. */
const EVERY_MS = 60_000;

/** Does its chores every minute, one after another, until it is stopped. */
export function startHousekeeper(
  chores: readonly Chore[],
  log: Log,
  everyMs: number = EVERY_MS,
): AsyncDisposable {
  const over = new AbortController();
  const { signal } = over;

  async function work(): Promise<void> {
    while (!signal.aborted) {
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
      for (const chore of chores) await attempt(chore);
    }
  }

  async function attempt(chore: Chore): Promise<void> {
    if (signal.aborted) return;
    try {
      await chore.run(signal);
    } catch (err) {
      log.warn("a chore was not done and is tried again", { chore: chore.name, err });
    }
  }

  const working = work();
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      await working;
    },
  };
}
