import type { LoggedEvent } from "../domain/event.ts";
import { chatOf } from "../domain/event.ts";
import type { CheckedFilter } from "./filter.ts";
import type { EventPage } from "./read.ts";

/** As many as a follower that keeps up is ever behind; some 2 KB each. */
const EVENTS = 1_000;

/** Characters of what they say, together: a few messages of megabytes must not stay for all the small ones. */
const CHARACTERS = 4_000_000;

/** An event, and the characters that it says. */
interface Kept {
  readonly logged: LoggedEvent;
  readonly size: number;
}

/**
 * The newest events, as they were logged, without a gap up to the head. All followers that keep up want
 * the same few at the same time, and each would ask the database for them.
 */
export class RecentEvents {
  #kept: Kept[] = [];
  #size = 0;

  /** In the order of their positions. */
  add(events: readonly LoggedEvent[]): void {
    const [first] = events;
    const last = this.#kept.at(-1);
    // Something was logged elsewhere in between: what is here is no end of the log any more.
    if (first && last && first.position !== last.logged.position + 1) this.clear();
    for (const logged of events) {
      const size = sizeOf(logged);
      this.#kept.push({ logged, size });
      this.#size += size;
    }
    let dropped = 0;
    while (this.#kept.length - dropped > EVENTS || this.#size > CHARACTERS) {
      this.#size -= this.#kept[dropped]?.size ?? 0;
      dropped += 1;
    }
    if (dropped > 0) this.#kept = this.#kept.slice(dropped);
  }

  /** Events are being removed from the log, and must not be told from here. */
  clear(): void {
    this.#kept = [];
    this.#size = 0;
  }

  /** What the log would answer up to this head, or nothing where it has to be asked. */
  read(after: number, limit: number, filter: CheckedFilter, head: number): EventPage | undefined {
    const first = this.#kept[0]?.logged.position;
    const last = this.#kept.at(-1)?.logged.position;
    if (first === undefined || last === undefined) return undefined;
    if (after < first - 1 || last < head) return undefined;
    const events: LoggedEvent[] = [];
    let readTo = after;
    for (let at = after - first + 1; at < this.#kept.length; at += 1) {
      const logged = this.#kept[at]?.logged;
      if (logged === undefined || logged.position > head) break;
      readTo = logged.position;
      if (matches(logged, filter)) events.push(logged);
      if (events.length === limit) break;
    }
    return { events, readTo };
  }
}

/** Of what can be long: the rest is some hundred characters for every event. */
function sizeOf({ event }: LoggedEvent): number {
  return "message" in event && typeof event.message === "object"
    ? (event.message.text?.length ?? 0)
    : 0;
}

/** The same as the log's own condition says in SQL. */
function matches({ event, instanceId }: LoggedEvent, filter: CheckedFilter): boolean {
  const { types, instanceIds, chatIds } = filter;
  if (types && !types.includes(event.type)) return false;
  if (instanceIds && !instanceIds.includes(instanceId)) return false;
  if (!chatIds) return true;
  const chat = chatOf(event);
  if (chat === null) return false;
  return chatIds.includes(chat.id) || (chat.pn !== null && chatIds.includes(chat.pn));
}
