import type { MessageId } from "../domain/ids.ts";
import type { Deliverability } from "../domain/instance.ts";
import { steadyNow } from "../lib/steady-clock.ts";

/** How long an ack may take, in milliseconds. */
export interface AckPatience {
  /** Then something is wrong with the connection, and its instance is shown as stalled. */
  readonly stalledMs: number;
  /** Then the connection is dead: a new one is made, and what was under way is sent again. */
  readonly replaceMs: number;
}

/** An ack takes a second at most. */
export const ACK_PATIENCE: AckPatience = { stalledMs: 30_000, replaceMs: 60_000 };

interface Flying {
  readonly uid: string;
  readonly since: number;
}

/** The messages that are on the wire and not yet acknowledged by the server, oldest first. */
export class Flight {
  readonly #flying = new Map<MessageId, Flying>();
  readonly #stalledMs: number;
  #lastAckAt: number | null = null;

  constructor({ stalledMs }: AckPatience) {
    this.#stalledMs = stalledMs;
  }

  get size(): number {
    return this.#flying.size;
  }

  get uids(): readonly string[] {
    return [...this.#flying.values()].map(({ uid }) => uid);
  }

  /** For how long the oldest has waited, in milliseconds; 0 when there is none. */
  get waitMs(): number {
    const [oldest] = this.#flying.values();
    return oldest ? steadyNow() - oldest.since : 0;
  }

  get deliverability(): Deliverability {
    const { waitMs } = this;
    const working = this.#lastAckAt === null ? "UNKNOWN" : "WORKING";
    return {
      state: waitMs > this.#stalledMs ? "STALLED" : working,
      lastAckAt: this.#lastAckAt === null ? null : new Date(this.#lastAckAt),
      waitingSince: this.size > 0 ? new Date(steadyNow() - waitMs) : null,
    };
  }

  begin(id: MessageId, uid: string): void {
    this.#flying.set(id, { uid, since: steadyNow() });
  }

  /** @returns the uid of the message, if it was on the wire */
  end(id: MessageId): string | undefined {
    const flying = this.#flying.get(id);
    this.#flying.delete(id);
    return flying?.uid;
  }

  /** The server has answered, so the connection works. */
  acknowledge(id: MessageId): string | undefined {
    this.#lastAckAt = Date.now();
    return this.end(id);
  }

  /** The connection is gone: whether the server got them is unknown. */
  clear(): void {
    this.#flying.clear();
  }
}
