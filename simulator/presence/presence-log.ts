/** Looked at seconds after they come; 1,000 are enough for every test and bound a soak. */
const MAX_SIGHTINGS = 1_000;

/** What somebody does in a chat at this moment. */
export type Typing = "composing" | "recording" | "paused";

/** What a phone shows of somebody: that they type in a chat. */
export interface SeenTyping {
  readonly from: string;
  /** The phone of the one who types, or the group. */
  readonly chat: string;
  readonly typing: Typing;
}

/** What a phone has seen of others who type, oldest first. */
export class PresenceLog {
  readonly #seen: SeenTyping[] = [];

  get seen(): readonly SeenTyping[] {
    return this.#seen;
  }

  add(seen: SeenTyping): void {
    this.#seen.push(seen);
    if (this.#seen.length > MAX_SIGHTINGS) this.#seen.shift();
  }
}
