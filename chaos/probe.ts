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

/** A GET with an operation in it is not answered without this. */
const HEADERS = { "graphql-require-preflight": "1" };

/** Only the newest question counts: a gateway that died never answers the one before. */
let asking = new AbortController();

async function ask({ id, url }: Question, { signal }: AbortController): Promise<void> {
  while (!signal.aborted) {
    const answer = await fetch(url, { headers: HEADERS, signal }).catch(() => undefined);
    await answer?.body?.cancel().catch(() => undefined);
    if (answer?.ok) {
      process.send?.({ id, at: Date.now() } satisfies Answered);
      return;
    }
    await sleep(ASKS_EVERY_MS);
  }
}

// Whoever asked is gone.
process.on("disconnect", () => process.exit());
process.on("message", (question: Question) => {
  asking.abort();
  asking = new AbortController();
  void ask(question, asking);
});
