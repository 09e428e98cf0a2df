import type { Addressing } from "../protocol/jid.ts";

/** People whom a device watches at a time; whoever asks for more forgets the first ones. */
const MAX_WATCHED = 5_000;

/** Whether a device shows itself as online, and whom it watches: for as long as its connection lasts. */
export class PresenceWatch {
  isAvailable = false;
  readonly #watched = new Map<string, Addressing>();

  /** How the device calls somebody it watches; nothing for others. */
  addressingOf(phone: string): Addressing | undefined {
    return this.#watched.get(phone);
  }

  add(phone: string, addressing: Addressing): void {
    this.#watched.set(phone, addressing);
    if (this.#watched.size <= MAX_WATCHED) return;
    const [oldest] = this.#watched.keys();
    if (oldest !== undefined) this.#watched.delete(oldest);
  }
}
