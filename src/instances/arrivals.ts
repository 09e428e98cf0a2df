import type { EventDraft } from "../domain/event.ts";
import type { Fact } from "../engine/engine.ts";
import { ownershipLost } from "../store/ownership.ts";
import type { AccountNeeds } from "./account-needs.ts";
import type { AccountState } from "./account-state.ts";
import { type Habits, isIgnored } from "./habits.ts";
import { entryOf, entryOfChange, entryOfNews } from "./incoming.ts";

/** What comes through a connection, unlike what a connection tells about itself. */
export type Arrival = Exclude<
  Fact,
  { readonly kind: "qr" | "pairing-code" | "open" | "close" | "profile-name" | "restriction" }
>;

export interface ArrivalsParts {
  readonly needs: AccountNeeds;
  readonly state: AccountState;
  readonly habits: Habits;
  /** Called when something could not be stored. It is still in the inbox, or with WhatsApp. */
  readonly unstored: () => void;
}

/** Stores what arrives for an account. Facts come in order, and each is written behind the ones before it. */
export class Arrivals {
  readonly #parts: ArrivalsParts;

  constructor(parts: ArrivalsParts) {
    this.#parts = parts;
  }

  /** @throws that it is not stored. */
  store(fact: Arrival): Promise<void> | void {
    const { needs, state, habits } = this.#parts;
    const { record } = state;
    switch (fact.kind) {
      case "message":
        if (isIgnored(record, fact.message)) return this.#dismiss(fact.message.inbox);
        return habits.afterMessage(fact.message, this.#append(entryOf(record, fact.message)));
      case "change":
        if (isIgnored(record, fact.change)) return this.#dismiss(fact.change.inbox);
        return this.#append(entryOfChange(record, fact.change));
      case "history":
        return needs.onHistory(state, fact.notice);
      case "news":
        return habits.afterNews(fact, this.#append(entryOfNews(record, fact)));
      case "ack":
      case "receipt":
        return this.#track(needs.onSendFact(record, fact));
      case "read":
        return this.#track(needs.onRead(record, fact));
      case "app-state":
        return this.#track(needs.onAppState(record, fact));
    }
  }

  #append(entry: EventDraft): Promise<void> {
    return this.#hold(this.#log(entry));
  }

  async #log(entry: EventDraft): Promise<void> {
    const { kind } = await this.#parts.needs.events.append(entry);
    if (kind === "stale") throw ownershipLost();
  }

  /** Nobody wants to hear of it: WhatsApp and the inbox need not keep it. */
  #dismiss(inbox: string | null): Promise<void> {
    const { needs, state } = this.#parts;
    const { id: instanceId, epoch } = state.record;
    if (inbox === null) return Promise.resolve();
    return this.#hold(needs.sessions.of({ instanceId, epoch }).closeInbox([inbox]));
  }

  #hold(stored: Promise<void>): Promise<void> {
    stored.catch(() => this.#parts.unstored());
    return this.#track(stored);
  }

  #track(stored: Promise<void>): Promise<void> {
    this.#parts.state.track(stored);
    return stored;
  }
}
