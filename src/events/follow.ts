import { setImmediate } from "node:timers/promises";
import type { LoggedEvent } from "../domain/event.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import { stoppable } from "../lib/stoppable.ts";
import type { EventPage } from "./read.ts";

/** What a follower is told: an event, or only how far it has been read (a filter may be silent for days). */
export type StreamItem =
  | { readonly kind: "event"; readonly cursor: string; readonly logged: LoggedEvent }
  | { readonly kind: "position"; readonly cursor: string };

/**
 * A page holds at most this many events. A reader that stalls keeps one (some 2 KB an event), after a
 * reader's death no more than one was read for it, and between two of them others have their turn.
 */
const PAGE_LIMIT = 50;

/** A silent stream says where it stands at least this often (milliseconds), so that its cursor does not fall out of retention. */
const POSITION_EVERY_MS = 15_000;

/** What a follower needs of the log. */
export interface Followed {
  /** @throws GatewayError CURSOR_EXPIRED when retention has overtaken the position */
  readonly read: (after: number, limit: number) => Promise<EventPage>;
  readonly head: () => number;
  /** Sleeps until the head has grown, the abort, or for this long. */
  readonly sleep: (timeoutMs: number, signal: AbortSignal) => Promise<void>;
  /** Resolves when it is this follower's turn to tell so many events. */
  readonly pass: (events: number) => Promise<void>;
  readonly cursorAt: (position: number) => string;
}

/**
 * Everything after a position, then everything still to come, until the reader leaves. There is one
 * path for both: a page, and when there is nothing more, a sleep that begins in the same turn in which the
 * head was looked at, so that no growth falls between.
 */
export function follow(
  log: Followed,
  after: number,
  leave?: AbortSignal,
): AsyncGenerator<StreamItem, void, undefined> {
  return stoppable((signal) =>
    pages(log, after, leave ? AbortSignal.any([leave, signal]) : signal),
  );
}

async function* pages(
  { read, head, sleep, pass, cursorAt }: Followed,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<StreamItem, void, undefined> {
  const isLeft = () => signal.aborted;
  let position = after;
  let toldAt = steadyNow();
  while (!isLeft()) {
    const page = await read(position, PAGE_LIMIT);
    if (page.events.length > 0) await pass(page.events.length);
    for (const logged of page.events) {
      if (isLeft()) return;
      position = logged.position;
      yield { kind: "event", cursor: cursorAt(position), logged };
    }
    if (page.events.length > 0) toldAt = steadyNow();
    position = Math.max(position, page.readTo);
    if (steadyNow() - toldAt >= POSITION_EVERY_MS) {
      toldAt = steadyNow();
      yield { kind: "position", cursor: cursorAt(position) };
    }
    // A turn of the event loop per page: the close of a dead socket must get its chance between two.
    if (position < head()) await setImmediate();
    else await sleep(toldAt + POSITION_EVERY_MS - steadyNow(), signal);
  }
}
