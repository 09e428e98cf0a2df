interface Waiting {
  readonly weight: number;
  readonly enter: () => void;
}

/**
 * Shares the event loop out: what is asked for passes in the order in which it came, and in one turn
 * of the loop no more than so much. A hundred readers with a long way to go would otherwise hold
 * it, one page after the other, for seconds in which nobody else is answered.
 */
export class Turnstile {
  readonly #perTurn: number;
  #queue: Waiting[] = [];
  #left: number;
  #scheduled = false;

  /** @param perTurn how much may pass in one turn; a single thing that weighs more passes alone */
  constructor(perTurn: number) {
    this.#perTurn = perTurn;
    this.#left = perTurn;
  }

  /** Resolves at once while there is room in this turn, and otherwise in a later one. */
  pass(weight: number): Promise<void> {
    if (this.#queue.length === 0 && this.#fits(weight)) {
      this.#take(weight);
      return Promise.resolve();
    }
    return new Promise((enter) => {
      this.#queue.push({ weight, enter });
      this.#schedule();
    });
  }

  #fits(weight: number): boolean {
    return weight <= this.#left || this.#left === this.#perTurn;
  }

  #take(weight: number): void {
    this.#left -= weight;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#scheduled = false;
    this.#left = this.#perTurn;
    let passed = 0;
    for (const { weight, enter } of this.#queue) {
      if (!this.#fits(weight)) break;
      this.#take(weight);
      enter();
      passed += 1;
    }
    this.#queue = this.#queue.slice(passed);
    if (this.#queue.length > 0) this.#schedule();
  }
}
