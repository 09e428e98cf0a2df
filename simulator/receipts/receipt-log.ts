/** Receipts are looked at seconds after they come; 5,000 cover a burst and bound a soak. */
const MAX_RECEIPTS = 5_000;

export type ReceiptType = "delivered" | "read" | "played";

/** A receipt that a linked device of another account sent for messages of this phone. */
export interface ReceivedReceipt {
  readonly from: string;
  readonly chat: string;
  readonly ids: readonly string[];
  readonly type: ReceiptType;
}

export class ReceiptLog {
  readonly #receipts: ReceivedReceipt[] = [];

  get receipts(): readonly ReceivedReceipt[] {
    return this.#receipts;
  }

  add(receipt: ReceivedReceipt): void {
    this.#receipts.push(receipt);
    if (this.#receipts.length > MAX_RECEIPTS) this.#receipts.shift();
  }
}
