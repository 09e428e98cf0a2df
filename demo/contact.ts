import { setTimeout as sleep } from "node:timers/promises";
import type { Account } from "../simulator/index.ts";

/** How often the contact has something to say, in milliseconds. */
const WRITES_EVERY_MS = 5_000;

/** How soon the contact sees what was sent to it, in milliseconds. */
const LOOKS_EVERY_MS = 200;

const SAYINGS = [
  "Hi! Are you open today?",
  "Do you deliver to the city centre?",
  "How much is the blue one?",
  "Thanks, I will take two.",
] as const;

/** Writes to the instance every few seconds until told to stop. */
export async function keepWriting(
  contact: Account,
  to: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (let turn = 0; ; turn += 1) {
      await contact.send(to, { text: SAYINGS[turn % SAYINGS.length] ?? "Hi!" });
      await sleep(WRITES_EVERY_MS, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Answers whatever the instance sends. */
export async function keepAnswering(
  contact: Account,
  to: string,
  signal: AbortSignal,
): Promise<void> {
  let answered = 0;
  while (!signal.aborted) {
    const fresh = contact.received.slice(answered);
    answered = contact.received.length;
    for (const { text, caption, type } of fresh) {
      await contact.send(to, { text: `You sent me: ${text ?? caption ?? `a ${type}`}` });
    }
    await sleep(LOOKS_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
