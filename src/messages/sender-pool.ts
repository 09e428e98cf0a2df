import type { InstanceId } from "../domain/ids.ts";
import type { SenderNeeds } from "./sender.ts";
import { Sender } from "./sender.ts";

/** One sender per account that has something to send; they know nothing of each other. */
export class SenderPool implements AsyncDisposable {
  readonly #needs: SenderNeeds;
  readonly #senders = new Map<InstanceId, Sender>();
  #stopped = false;

  constructor(needs: SenderNeeds) {
    this.#needs = needs;
  }

  /** Of an account that was deleted meanwhile there is nothing to send. */
  wake(id: InstanceId): void {
    if (this.#stopped || !this.#needs.accountOf(id)) return;
    this.of(id).wake();
  }

  /** The sender of an account, if there is one. */
  find(id: InstanceId): Sender | undefined {
    return this.#senders.get(id);
  }

  /** The sender of an account; made where there is none yet. */
  of(id: InstanceId): Sender {
    const known = this.#senders.get(id);
    if (known) return known;
    const sender = new Sender(this.#needs, id);
    this.#senders.set(id, sender);
    return sender;
  }

  /** The account is about to be deleted. */
  async remove(id: InstanceId): Promise<void> {
    const sender = this.#senders.get(id);
    this.#senders.delete(id);
    await sender?.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#senders.values()].map((sender) => sender.stop()));
  }
}
