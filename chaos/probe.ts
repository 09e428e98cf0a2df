import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks a gateway until it answers, in a process of its own: whoever plays WhatsApp and twenty subscribers
 * hears an answer late. It is sent what to ask and answers with the time at which it was answered, in
 * milliseconds of the system's clock.
 */

/** Between two attempts, in milliseconds. */
const ASKS_EVERY_MS = 10;

export interface Question {
  readonly id: number;
  readonly url: string;
}

export interface Answered {
  readonly id: number;
  readonly at: number;
}

/** Only the newest question counts: of a gateway that died no answer is to be had. */
let newest = 0;

async function ask({ id, url }: Question): Promise<void> {
  newest = id;
  while (newest === id) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) }).catch(() => undefined);
    await answer?.body?.cancel().catch(() => undefined);
    if (answer?.ok) {
      process.send?.({ id, at: Date.now() } satisfies Answered);
      return;
    }
    await sleep(ASKS_EVERY_MS);
  }
}

process.on("message", (question: Question) => void ask(question));
