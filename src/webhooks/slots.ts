/** Gives a slot back. Calling it again does nothing. */
export type FreeSlot = () => void;

/** Takes what it was offered and says so, or lets it go to the next. */
export type Offer = () => boolean;

/**
 * The POSTs of all webhooks together. Under the outbound client's 2,048 sockets, so that downloads
 * of media find some as well.
 */
const SLOTS = 1_536;

/**
 * Kept for endpoints whose last answer was a quick success: a crowd of slow or dead ones, each held for
 * up to a deadline, cannot take them.
 */
const RESERVED_SLOTS = 512;

/** Hands out slots in turn: whoever was refused is offered the next, and stands in line again for another. */
export class Slots {
  readonly #total: number;
  readonly #reserved: number;
  readonly #proven = new Set<Offer>();
  readonly #unproven = new Set<Offer>();
  #taken = 0;

  constructor(total = SLOTS, reserved = RESERVED_SLOTS) {
    this.#total = total;
    this.#reserved = reserved;
  }

  take(proven: boolean): FreeSlot | undefined {
    if (this.#taken >= this.#total - (proven ? 0 : this.#reserved)) return undefined;
    this.#taken += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#taken -= 1;
      this.#offer();
    };
  }

  /** Asks once for the next free slot. */
  await(offer: Offer, proven: boolean): void {
    this.withdraw(offer);
    (proven ? this.#proven : this.#unproven).add(offer);
  }

  withdraw(offer: Offer): void {
    this.#proven.delete(offer);
    this.#unproven.delete(offer);
  }

  #offer(): void {
    if (offerTo(this.#proven)) return;
    if (this.#taken < this.#total - this.#reserved) offerTo(this.#unproven);
  }
}

function offerTo(waiting: Set<Offer>): boolean {
  // Who takes a slot may stand in line again, and must not be asked twice.
  let left = waiting.size;
  for (const offer of waiting) {
    if (left === 0) break;
    left -= 1;
    waiting.delete(offer);
    if (offer()) return true;
  }
  return false;
}
