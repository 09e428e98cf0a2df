import type { DueDelivery } from "./due.ts";
import type { Ordering } from "./webhooks.ts";

/**
 * The few deliveries of one webhook that are in memory: those that run, and the next ones. In a
 * lane one runs at a time, and the others wait behind it.
 */
export class LaneQueue {
  readonly #waiting: DueDelivery[] = [];
  readonly #running = new Map<DueDelivery, string>();
  readonly #busy = new Set<string>();

  get idle(): boolean {
    return this.#waiting.length === 0 && this.#running.size === 0;
  }

  get running(): number {
    return this.#running.size;
  }

  get inHand(): readonly DueDelivery[] {
    return [...this.#running.keys(), ...this.#waiting];
  }

  add(deliveries: readonly DueDelivery[]): void {
    this.#waiting.push(...deliveries);
  }

  /** The first delivery whose lane is free. */
  ready(ordering: Ordering): DueDelivery | undefined {
    return this.#waiting.find((each) => !this.#busy.has(keyOf(each, ordering)));
  }

  begin(delivery: DueDelivery, ordering: Ordering): void {
    const key = keyOf(delivery, ordering);
    this.#waiting.splice(this.#waiting.indexOf(delivery), 1);
    this.#running.set(delivery, key);
    this.#busy.add(key);
  }

  /**
   * Ends it. When it failed, what waits behind it goes back to the database, to wait there.
   * Returns whether more of its lane is in hand.
   */
  end(delivery: DueDelivery, failed: boolean): boolean {
    const key = this.#running.get(delivery);
    this.#running.delete(delivery);
    if (key !== undefined) this.#busy.delete(key);
    if (failed && key === delivery.lane) this.#drop((each) => each.lane === key);
    return this.#waiting.some((each) => each.lane === delivery.lane);
  }

  /** Forgets what has not been started; it is in the database. */
  clear(): void {
    this.#drop(() => true);
  }

  #drop(which: (delivery: DueDelivery) => boolean): void {
    const kept = this.#waiting.filter((each) => !which(each));
    this.#waiting.splice(0, this.#waiting.length, ...kept);
  }
}

/** One that is late has lost its place: it keeps nobody waiting and waits for nobody. */
function keyOf({ id, lane, late }: DueDelivery, ordering: Ordering): string {
  return late || ordering === "NONE" ? id : lane;
}
