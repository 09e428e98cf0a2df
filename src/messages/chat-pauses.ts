import type { Jid } from "../domain/ids.ts";

/** The pause after a first failure, in milliseconds; doubled with each further one. */
const FIRST_MS = 1_000;

const LONGEST_MS = 30_000;

/** Chats whose next message could not be sent: later ones must not overtake it, other chats go on. */
export class ChatPauses {
  readonly #timers = new Map<Jid, NodeJS.Timeout>();
  readonly #over: () => void;

  constructor(over: () => void) {
    this.#over = over;
  }

  get chats(): readonly Jid[] {
    return [...this.#timers.keys()];
  }

  get size(): number {
    return this.#timers.size;
  }

  has(chat: Jid): boolean {
    return this.#timers.has(chat);
  }

  /** @param failures of the message that holds the chat up, from 1 */
  pause(chat: Jid, failures: number): void {
    clearTimeout(this.#timers.get(chat));
    const timer = setTimeout(
      () => {
        this.#timers.delete(chat);
        this.#over();
      },
      Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)),
    );
    this.#timers.set(chat, timer);
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
